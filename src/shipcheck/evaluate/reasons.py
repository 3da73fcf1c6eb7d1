"""Why a condition is not what the policy asks: the smallest parts that are not, each with its value and its place."""

from dataclasses import replace

from shipcheck.describe.conditions import element_text, flat, same_text, simply_asked, value_text
from shipcheck.english import article, listed
from shipcheck.evaluate.display import shown
from shipcheck.evaluate.fact_reasons import fact_reason
from shipcheck.evaluate.provenance import SUBJECT_NAMES, Environment, Held, Holders
from shipcheck.evaluate.world import World
from shipcheck.model.expression import (
    Aggregate,
    Arithmetic,
    Both,
    Compare,
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
from shipcheck.model.operators import COMPARISONS, asked_words

MOST_ELEMENTS = 5
NONE_OF = "none "
MOST_REASONS = 12


class Blame:
    """Explains conditions over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._graph = world.graph
        self._holders = Holders(world)

    def value(self, expression: Expression, environment: Environment) -> object:
        """The value of an expression with these names bound."""
        return self._holders.value(expression, environment)

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
        if kind not in selector.kinds:
            return [self._of_another_kind(_node(environment["it"]), selector)] if wanted else []
        own = {"it": environment["it"]}
        for alternative in selector.alternatives:
            if kind in alternative.kinds and alternative.where is not None:
                found.extend(self.reasons(alternative.where, own, wanted=wanted))
        if selector.where is not None:
            found.extend(self.reasons(selector.where, environment, wanted=wanted))
        return _once(found)

    def _of_another_kind(self, node: int, selector: Selector) -> Reason:
        """What a component is whose kind the selector does not take in."""
        reference = self._graph.reference(node)
        asked = listed([article(kind) for kind in selector.kinds])
        return Reason(f"it is {article(reference.kind)}", asked, str(reference), False, self._graph.place(node))  # noqa: FBT003

    def _joined(self, expression: Both | Either, environment: Environment, *, wanted: bool) -> list[Reason]:
        """The parts to blame.

        An `and` that should be yes fails by its parts that are not yes. An `or` that should be yes fails by all its parts; the
        other way round likewise. An alternative that something is missing is not what anybody is to mend.
        """
        found: list[Reason] = []
        alternatives = isinstance(expression, Either) and wanted
        mended = [
            part for part in expression.parts if not (alternatives and isinstance(part, Not) and isinstance(part.part, Given))
        ]
        for part in mended or expression.parts:
            found.extend(self.reasons(part, environment, wanted=wanted))
        return _once(found)

    def _matches(self, expression: Matches, environment: Environment, *, wanted: bool) -> list[Reason]:
        node = self.value(expression.part, environment)
        if not isinstance(node, int):
            return [self._single(expression.part, environment, wanted=wanted)]
        found = self.selector(expression.selector, {"it": node}, wanted=wanted)
        name = self._graph.reference(node).short
        named = [replace(reason, text=f"{name}'s {reason.text}", anchor=None) for reason in found]
        return named or [self._single(expression, environment, wanted=wanted)]

    def _quantified(self, expression: Quantified, environment: Environment, *, wanted: bool) -> list[Reason]:
        items = self.value(expression.items, environment)
        if not isinstance(items, tuple) or not items:
            return [self._empty(expression, environment, wanted=wanted)]
        held = self._holders.held(expression.items, environment)
        found: list[Reason] = []
        if expression.word == "some" and wanted:
            found.append(self._unfit(expression, environment, held))
        for item in items:
            if len(found) >= MOST_REASONS:
                break
            for reason in self._element(expression, environment, item, wanted=wanted):
                own = isinstance(item, int) and reason.field == str(self._graph.reference(item))
                place = self._holders.place(held) if own else reason.location
                field = self._holders.field(held) if own else reason.field
                found.append(
                    replace(reason, location=place, field=field, anchor=self._holders.anchor(expression.items, environment))
                )
        return _once(found) or [self._single(expression.items, environment, wanted=wanted)]

    def _unfit(self, expression: Quantified, environment: Environment, held: Held) -> Reason:
        """A list none of whose elements is as asked."""
        text = f"{self._named(expression.items, environment)} is {shown(self._graph, held.value, expression.items.type)}"
        anchor = self._holders.anchor(expression.items, environment)
        asked = f"one {self._element_asked(expression, environment)}"
        return Reason(text, asked, self._holders.field(held), False, self._holders.place(held), anchor)  # noqa: FBT003

    def _element(self, expression: Quantified, environment: Environment, item: object, *, wanted: bool) -> list[Reason]:
        """What is wrong about one element of a list."""
        if item is None:
            return [self._empty(expression, environment, wanted=wanted)]
        bound = {**environment, expression.name: item}
        against = (expression.word == "no") is wanted
        if against and isinstance(expression.condition, Not):
            return self.reasons(expression.condition.part, bound)
        if against and self.value(expression.condition, bound) is True:
            return [self._culprit(expression, bound, item)]
        return self.reasons(expression.condition, bound, wanted=not against)

    def _culprit(self, expression: Quantified, bound: Environment, item: object) -> Reason:
        """An element that must not be there, with the values that make it so."""
        values = {
            ".".join(step.name for step in part.steps): shown(self._graph, self.value(part, bound), part.type)
            for part in self._world.parts(expression.condition)
            if isinstance(part, Path) and part.start == expression.name and part.steps
        }
        name = shown(self._graph, item, expression.items.type.item or expression.items.type)
        told = ", ".join(f"{path} is {value}" for path, value in list(values.items())[:MOST_ELEMENTS])
        node = item if isinstance(item, int) and not isinstance(item, bool) else None
        place = self._graph.place(node) if node is not None else None
        field = ".".join((str(self._graph.reference(node)), *list(values)[:1])) if node is not None else ""
        text = f"{name} is one of {flat(expression.items.text)}" + (f", and its {told}" if told else "")
        return Reason(text, f"{NONE_OF}{self._element_asked(expression, bound)}", field, False, place)  # noqa: FBT003

    def _element_asked(self, expression: Quantified, environment: Environment) -> str:
        """What is asked of an element, with the values that are the same for all."""

        def known(path: Expression) -> str | None:
            if not isinstance(path, Path) or path.start == expression.name or path.start not in environment:
                return None
            value = self.value(path, {path.start: environment[path.start]})
            return f"{shown(self._graph, value, path.type)} ({flat(path.text)})"

        return element_text(self._world.vocabulary, expression, known)

    def _empty(self, expression: Quantified, environment: Environment, *, wanted: bool) -> Reason:
        held = self._holders.held(expression.items, environment)
        field = self._holders.field(held)
        name = self._named(expression.items, environment)
        asked = f"one {self._element_asked(expression, environment)}" if expression.word == "some" and wanted else "at least one"
        if held.value is None:
            return Reason(f"{name} is not declared", asked, field, True, self._holders.place(held))  # noqa: FBT003
        state = "is empty" if self._holders.written(held) else "names none"
        return Reason(f"{name} {state}", asked, field, False, self._holders.place(held))  # noqa: FBT003

    def _plain(self, expression: Expression, environment: Environment, *, wanted: bool) -> list[Reason]:
        """A comparison or a bare value: what it lacks where it is unknown, else what stands there."""
        if self.value(expression, environment) is None:
            found = self._missing_parts(expression, environment)
            if found:
                return found
        return [self._single(expression, environment, wanted=wanted)]

    def _missing_parts(self, expression: Expression, environment: Environment) -> list[Reason]:
        found: dict[Reason, None] = {}
        bound = [environment]
        members = environment.get("members")
        if isinstance(members, tuple):
            bound = [{"it": member} for member in members]
        for part in self._world.parts(expression):
            for names in bound:
                if len(found) >= MOST_REASONS:
                    break
                if isinstance(part, Path) and part.start in names and self.value(part, names) is None:
                    found[replace(self._single(part, names, wanted=True), asked="a value")] = None
        return list(found)

    def _single(self, expression: Expression, environment: Environment, *, wanted: bool) -> Reason:
        subject, asked = self._asked(expression, environment, wanted=wanted)
        held = self._holders.held(subject, environment)
        told = fact_reason(self._world, subject, asked, held.value, environment)
        if told is not None:
            return told
        name = self._named(subject, environment)
        anchor = self._holders.anchor(subject, environment)
        if held.value is None:
            derived = self._derived(held)
            if derived is not None:
                return derived
            return Reason(f"{name} is not declared", asked, self._holders.field(held), True, self._holders.place(held), anchor)  # noqa: FBT003
        text = f"{name} is {self._shown(subject, held.value, environment)}"
        if isinstance(subject, Aggregate) and subject.word == "unique" and wanted:
            text, asked = same_text(self._world.vocabulary, subject)
        return Reason(text, asked, self._holders.field(held), False, self._holders.place(held), anchor)  # noqa: FBT003

    def _shown(self, subject: Expression, value: object, environment: Environment) -> str:
        """The value; a count is followed by what it counts."""
        text = shown(self._graph, value, subject.type)
        if isinstance(subject, Aggregate) and subject.items is not None and subject.part is None:
            counted = self.value(subject.items, environment)
            return f"{text}: {shown(self._graph, counted, subject.items.type)}" if counted else text
        return text

    def _derived(self, held: Held) -> Reason | None:
        """Why a derived value is not known: the component that should have declared it."""
        flow = self._world.vocabulary.flows.get(held.fields[0]) if held.fields else None
        if flow is None or held.node is None or self._graph.reference(held.node).kind not in flow.onto:
            return None
        seed = self._world.origins(flow).undeclared_seed(held.node)
        reference = self._graph.reference(held.node)
        place = self._graph.place(held.node)
        if seed is None:
            text = f"{flow.name} of {reference} is not known: {flow.unseeded or 'nothing gives it'}"
            return Reason(text, "a value", f"{reference}.{flow.name}", True, place)  # noqa: FBT003
        source = self._graph.reference(seed)
        field = flow.seeds[source.kind]
        text = f"{field} of {source} is not declared" if seed != held.node else f"{field} is not declared"
        return Reason(text, "a value", f"{source}.{field}", True, self._graph.place(seed))  # noqa: FBT003

    def _asked(self, expression: Expression, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        """The part that varies, and what is asked of it."""
        if isinstance(expression, Compare):
            return self._asked_comparison(expression, environment, wanted=wanted)
        if isinstance(expression, Member):
            return self._asked_member(expression, environment, wanted=wanted)
        if isinstance(expression, Subset):
            left = shown(self._graph, self.value(expression.left, environment), expression.left.type)
            return expression.right, f"{'all of' if wanted else 'not all of'} {left}"
        return simply_asked(expression, wanted=wanted)

    def _asked_comparison(self, expression: Compare, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        operator = expression.operator if wanted else COMPARISONS[expression.operator].opposite
        right = expression.right
        value = self.value(right, environment)
        if value is None and self.value(expression.left, environment) is not None:
            return right, f"a value to compare {flat(expression.left.text)} with"
        text = shown(self._graph, value, right.type)
        if not isinstance(right, Literal_) or (right.parameter == "" and right.text == "today"):
            text = f"{text} ({value_text(self._world.vocabulary, right)})"
        elif right.parameter:
            text = f"{text} (parameter {right.parameter})"
        return expression.left, asked_words(operator, expression.left.type.name).format(text)

    def _asked_member(self, expression: Member, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        if isinstance(expression.right, ListLiteral):
            choices = " or ".join(item.text for item in expression.right.items)
            return expression.left, choices if wanted else f"anything but {choices}"
        left = self.value(expression.left, environment)
        if left is None:
            return expression.left, f"a value to look for in {flat(expression.right.text)}"
        text = shown(self._graph, left, expression.left.type)
        return expression.right, f"{text} {'in it' if wanted else 'not in it'}"

    def _named(self, subject: Expression, environment: Environment) -> str:
        """How the part is called: a path from a bound element names the element."""
        if isinstance(subject, Path) and subject.start not in {*SUBJECT_NAMES, "to", "item"}:
            value = environment.get(subject.start)
            if isinstance(value, int) and not isinstance(value, bool) and subject.steps:
                rest = ".".join(step.name for step in subject.steps)
                return f"{self._graph.reference(value).short}'s {rest}"
        if isinstance(subject, Aggregate) and subject.word != "unique":
            return value_text(self._world.vocabulary, subject)
        text = flat(subject.text)
        if isinstance(subject, Arithmetic):
            for part in sorted(self._world.parts(subject), key=lambda part: -len(part.text)):
                bound = isinstance(part, Path) and part.steps and part.start in environment
                if bound or (isinstance(part, Aggregate) and part.items is None):
                    text = text.replace(flat(part.text), shown(self._graph, self.value(part, environment), part.type))
        return text


def _node(value: object) -> int:
    if not isinstance(value, int):  # pragma: no cover - selectors are only asked about components
        raise TypeError(f"{value!r} is not a component")
    return value


def _once(reasons: list[Reason]) -> list[Reason]:
    return list(dict.fromkeys(reasons))
