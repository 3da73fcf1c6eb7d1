"""Why a condition is not what the policy asks: the smallest parts that are not, each with its value and its place."""

from dataclasses import dataclass, replace

from shipcheck.evaluate.parts import parts
from shipcheck.evaluate.shown import shown
from shipcheck.evaluate.world import World
from shipcheck.graph.flow import is_seeded
from shipcheck.model.expression import (
    Aggregate,
    Both,
    Compare,
    ComponentLiteral,
    Either,
    Expression,
    Given,
    ListLiteral,
    Literal_,
    Matches,
    Member,
    Not,
    Path,
    Quantified,
    Selector,
    Subset,
)
from shipcheck.model.finding import Reason
from shipcheck.model.location import Location
from shipcheck.wording import article

Environment = dict[str, object]
MOST_ELEMENTS = 5

_ASKED = {
    "==": "{}", "!=": "anything but {}", "<": "less than {}", "<=": "at most {}", ">": "more than {}", ">=": "at least {}",
}  # fmt: skip
_ASKED_LATER = {"<": "before {}", "<=": "{} or before", ">": "after {}", ">=": "{} or later"}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class _Held:
    """A path's value, the component that holds it, and the field it is held in there."""

    value: object
    node: int | None
    fields: tuple[str, ...]


class Blame:
    """Explains conditions over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._graph = world.graph

    def value(self, expression: Expression, environment: Environment) -> object:
        """The value of an expression with these names bound."""
        names = tuple(environment)
        return self._world.expression(expression, names)(*environment.values())

    def reasons(self, expression: Expression, environment: Environment, *, wanted: bool = True) -> list[Reason]:
        """Why the condition is not `wanted`; empty when it is."""
        if self.value(expression, environment) is wanted:
            return []
        if isinstance(expression, Not):
            return self.reasons(expression.part, environment, wanted=not wanted)
        if isinstance(expression, Both | Either):
            return self._joined(expression, environment, wanted=wanted)
        if isinstance(expression, Matches):
            return self._matches(expression, environment, wanted=wanted)
        if isinstance(expression, Quantified):
            return self._quantified(expression, environment, wanted=wanted)
        return self._plain(expression, environment, wanted=wanted)

    def selector(self, selector: Selector, environment: Environment, *, wanted: bool = True) -> list[Reason]:
        """Why a component, bound to `it`, does not match a selector (or, unwanted, why it may)."""
        found: list[Reason] = []
        kind = self._graph.reference(_node(environment["it"])).kind
        own = {"it": environment["it"]}
        for alternative in selector.alternatives:
            if kind in alternative.kinds and alternative.where is not None:
                found.extend(self.reasons(alternative.where, own, wanted=wanted))
        if selector.where is not None:
            found.extend(self.reasons(selector.where, environment, wanted=wanted))
        return _once(found)

    def _joined(self, expression: Both | Either, environment: Environment, *, wanted: bool) -> list[Reason]:
        """The parts to blame.

        An `and` that should be yes fails by its parts that are not yes. An `or` that should be yes fails by all its parts; the
        other way round likewise.
        """
        found: list[Reason] = []
        for part in expression.parts:
            found.extend(self.reasons(part, environment, wanted=wanted))
        return _once(found)

    def _matches(self, expression: Matches, environment: Environment, *, wanted: bool) -> list[Reason]:
        node = self.value(expression.part, environment)
        if node is None:
            return [self._single(expression.part, environment, wanted=wanted)]
        found = self.selector(expression.selector, {"it": node}, wanted=wanted)
        return found or [self._single(expression, environment, wanted=wanted)]

    def _quantified(self, expression: Quantified, environment: Environment, *, wanted: bool) -> list[Reason]:
        items = self.value(expression.items, environment)
        if not isinstance(items, tuple) or not items:
            return [self._empty(expression, environment, wanted=wanted)]
        inner_wanted = wanted if expression.word != "no" else not wanted
        found: list[Reason] = []
        blamed = 0
        for item in items:
            if item is None:
                reasons = [self._empty(expression, environment, wanted=wanted)]
            else:
                bound = {**environment, expression.name: item}
                reasons = self.reasons(expression.condition, bound, wanted=inner_wanted)
            found.extend(reasons)
            blamed += bool(reasons)
            if blamed == MOST_ELEMENTS:
                break
        return _once(found) or [self._single(expression.items, environment, wanted=wanted)]

    def _empty(self, expression: Quantified, environment: Environment, *, wanted: bool) -> Reason:
        held = self._held(expression.items, environment)
        field = self._field(held)
        asked = _one_that(expression) if expression.word == "some" else "at least one"
        if held.value is None:
            return Reason(f"{expression.items.text} is not declared", asked, field, True, self._place(held))  # noqa: FBT003
        state = "is empty" if self._written(held) else "names none"
        text = f"{expression.items.text} {state}"
        return Reason(text, asked if wanted else "at least one", field, False, self._place(held))  # noqa: FBT003

    def _plain(self, expression: Expression, environment: Environment, *, wanted: bool) -> list[Reason]:
        """A comparison or a bare value: what it lacks where it is unknown, else what stands there."""
        if self.value(expression, environment) is None:
            missing = {
                part: None
                for part in parts(expression)
                if isinstance(part, Path) and part.start in environment and self.value(part, environment) is None
            }
            found = [self._single(part, environment, wanted=wanted) for part in missing]
            if found:
                return [replace(reason, asked="a value") for reason in found]
        return [self._single(expression, environment, wanted=wanted)]

    def _single(self, expression: Expression, environment: Environment, *, wanted: bool) -> Reason:
        subject, asked = self._asked(expression, environment, wanted=wanted)
        held = self._held(subject, environment)
        field = self._field(held)
        name = self._named(subject, environment)
        if held.value is None:
            cause = self._cause(held)
            state = f"is not known{cause}" if cause else "is not declared"
            return Reason(f"{name} {state}", asked, field, True, self._place(held))  # noqa: FBT003
        text = f"{name} is {shown(self._graph, held.value, subject.type)}"
        return Reason(text, asked, field, False, self._place(held))  # noqa: FBT003

    def _cause(self, held: _Held) -> str:
        """Why a derived value is not known, where the value that is missing is derived."""
        flow = self._world.vocabulary.flows.get(held.fields[0]) if held.fields else None
        if flow is None or held.node is None or self._graph.reference(held.node).kind not in flow.onto:
            return ""
        if not flow.missing:
            return ""
        seeded = is_seeded(self._graph, self._world.hops(flow.steps[0]), flow, held.node)
        return f": {flow.missing if seeded else flow.unseeded}"

    def _asked(self, expression: Expression, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        """The part that varies, and what is asked of it."""
        if isinstance(expression, Compare):
            return self._asked_comparison(expression, environment, wanted=wanted)
        if isinstance(expression, Member):
            return self._asked_member(expression, environment, wanted=wanted)
        if isinstance(expression, Subset):
            left = shown(self._graph, self.value(expression.left, environment), expression.left.type)
            return expression.right, f"{'all of' if wanted else 'not all of'} {left}"
        if isinstance(expression, Given):
            return expression.part, "a value" if wanted else "none"
        if isinstance(expression, Aggregate):
            return expression, "true" if wanted else "false"
        return expression, "true" if wanted else "false"

    def _asked_comparison(self, expression: Compare, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        operator = expression.operator if wanted else _OPPOSITE[expression.operator]
        words = _ASKED | _ASKED_LATER if expression.left.type.name == "date" else _ASKED
        right = expression.right
        value = self.value(right, environment)
        if value is None and self.value(expression.left, environment) is not None:
            return right, f"a value to compare {_flat(expression.left.text)} with"
        text = shown(self._graph, value, right.type)
        if not isinstance(right, Literal_) or (right.parameter == "" and right.text == "today"):
            text = f"{text} ({_flat(right.text)})"
        elif right.parameter:
            text = f"{text} (parameter {right.parameter})"
        return expression.left, words[operator].format(text)

    def _asked_member(self, expression: Member, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        if isinstance(expression.right, ListLiteral):
            choices = " or ".join(item.text for item in expression.right.items)
            return expression.left, choices if wanted else f"anything but {choices}"
        left = self.value(expression.left, environment)
        if left is None:
            return expression.left, f"a value to look for in {_flat(expression.right.text)}"
        text = shown(self._graph, left, expression.left.type)
        return expression.right, f"{text} {'in it' if wanted else 'not in it'}"

    def _named(self, subject: Expression, environment: Environment) -> str:
        """How the part is called: a path from a bound element names the element."""
        if isinstance(subject, Path) and subject.start not in {"it", "subject", "from", "to", "item"}:
            value = environment.get(subject.start)
            if isinstance(value, int) and not isinstance(value, bool) and subject.steps:
                rest = ".".join(step.name for step in subject.steps)
                return f"{self._graph.reference(value).short}'s {rest}"
        return _flat(subject.text)

    def _held(self, expression: Expression, environment: Environment) -> _Held:
        """Follow a path as far as single components go; other expressions are held by the subject."""
        value = self.value(expression, environment)
        if isinstance(expression, ComponentLiteral):
            return _Held(value, None, ())
        if not isinstance(expression, Path):
            inner = _first_path(expression)
            start = self._held(inner, environment) if inner is not None and inner.start in environment else None
            return _Held(value, start.node if start else _subject(environment), start.fields if start else ())
        current = environment.get(expression.start)
        node = current if isinstance(current, int) else None
        fields: tuple[str, ...] = ()
        for step in expression.steps:
            fields = (*fields, step.name)
            if step.type.name == "component":
                following = self._graph.values[node].get(fields[0]) if node is not None and len(fields) == 1 else None
                last = step is expression.steps[-1]
                if isinstance(following, int) and not last:
                    node, fields = following, ()
                elif following is None:
                    break
            elif step.type.name == "list":
                break
        return _Held(value, node, fields)

    def _field(self, held: _Held) -> str:
        if held.node is None:
            return ""
        reference = str(self._graph.reference(held.node))
        return ".".join((reference, *held.fields))

    def _written(self, held: _Held) -> bool:
        return held.node is not None and bool(held.fields) and self._graph.value_place(held.node, held.fields) is not None

    def _place(self, held: _Held) -> Location | None:
        """Where the value is written; failing that, as much of its record as is written, else the component's key."""
        if held.node is None:
            return None
        for length in range(len(held.fields), 0, -1):
            place = self._graph.value_place(held.node, held.fields[:length])
            if place is not None:
                return place
        return self._graph.place(held.node)


def _first_path(expression: Expression) -> Path | None:
    for name in ("items", "part", "left", "right"):
        inner = getattr(expression, name, None)
        if isinstance(inner, Path):
            return inner
        if isinstance(inner, Expression) and (found := _first_path(inner)):
            return found
    return None


def _subject(environment: Environment) -> int | None:
    for name in ("it", "from"):
        value = environment.get(name)
        if isinstance(value, int):
            return value
    return None


def _node(value: object) -> int:
    if not isinstance(value, int):  # pragma: no cover - selectors are only asked about components
        raise TypeError(f"{value!r} is not a component")
    return value


def _one_that(expression: Quantified) -> str:
    condition = expression.condition
    if isinstance(condition, Matches) and isinstance(condition.part, Path) and not condition.part.steps:
        return f"one that is {article(condition.text.rpartition(' ')[2].replace('_', ' '))}"
    return f"one of which this holds: {_flat(condition.text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _once(reasons: list[Reason]) -> list[Reason]:
    return list(dict.fromkeys(reasons))
