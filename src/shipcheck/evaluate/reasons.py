"""Why a condition is not what the policy expects: the smallest parts that are not, each with its value and its place."""

from dataclasses import replace

from shipcheck.describe.conditions import element_text, flat, same_text, simply_expected, value_text
from shipcheck.english import article, listed
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment
from shipcheck.evaluate.display import display_value
from shipcheck.evaluate.fact_reasons import fact_reason
from shipcheck.evaluate.provenance import SUBJECT_NAMES, SourceFinder, ValueSource
from shipcheck.graph.graph import Node
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
from shipcheck.model.operators import COMPARISONS, expected_words
from shipcheck.model.pack_field import spelled

MOST_ELEMENTS = 5
NONE_OF = "none "
MOST_REASONS = 12


class ReasonFinder:
    """Finds the reasons in one policy.

    Everywhere `environment` binds the names of the condition, and `wanted` is the value that the condition should have.
    """

    def __init__(self, compiled: CompiledPolicy) -> None:
        self._compiled = compiled
        self._view = compiled.view
        self._graph = compiled.view.graph
        self._sources = SourceFinder(compiled)
        self._value = compiled.value

    def reasons(self, expression: Expression, environment: Environment, *, wanted: bool = True) -> list[Reason]:
        """Why a condition is not `wanted`; empty when it is."""
        if self._value(expression, environment) is wanted:
            return []
        match expression:
            case Not():
                return self.reasons(expression.part, environment, wanted=not wanted)
            case Both() | Either():
                return self._joined(expression, environment, wanted=wanted)
            case Matches():
                return self._matches(expression, environment, wanted=wanted)
            case Quantified():
                return self._quantified(expression, environment, wanted=wanted)
            case _:
                return self._plain(expression, environment, wanted=wanted)

    def of_selector(self, selector: Selector, environment: Environment, *, wanted: bool = True) -> list[Reason]:
        """Why a component, bound to `it`, does not match a selector (or, unwanted, why it may)."""
        node = _node(environment["it"])
        kind = self._graph.reference(node).kind
        if kind not in selector.kinds:
            return [self._of_another_kind(node, selector)] if wanted else []
        conditions = [alternative.where for alternative in selector.alternatives if kind in alternative.kinds]
        ways = [self.reasons(where, {"it": node}, wanted=wanted) if where is not None else [] for where in conditions]
        # Of several ways to match, the one that lacks the least is the one to tell of.
        reasons = min(ways, key=len) if wanted else [reason for way in ways for reason in way]
        if selector.where is not None:
            reasons.extend(self.reasons(selector.where, environment, wanted=wanted))
        return _once(reasons)

    def _of_another_kind(self, node: Node, selector: Selector) -> Reason:
        reference = self._graph.reference(node)
        expected = listed([article(kind) for kind in selector.kinds])
        return Reason(
            f"it is {article(reference.kind)}", expected, str(reference), missing=False, location=self._graph.place(node)
        )

    def _joined(self, expression: Both | Either, environment: Environment, *, wanted: bool) -> list[Reason]:
        """The reasons of the parts.

        An `and` that should be true fails by its parts that are not, an `or` that should be true by all its parts; the other way
        round likewise. An alternative that a value is missing is not something to fix.
        """
        alternatives = isinstance(expression, Either) and wanted
        fixable = [
            part for part in expression.parts if not (alternatives and isinstance(part, Not) and isinstance(part.part, Given))
        ]
        reasons: list[Reason] = []
        for part in fixable or expression.parts:
            reasons.extend(self.reasons(part, environment, wanted=wanted))
        return _once(reasons)

    def _matches(self, expression: Matches, environment: Environment, *, wanted: bool) -> list[Reason]:
        node = self._value(expression.part, environment)
        if not isinstance(node, int):
            return [self._single(expression.part, environment, wanted=wanted)]
        reasons = self.of_selector(expression.selector, {"it": node}, wanted=wanted)
        name = self._graph.reference(node).short
        named = [replace(reason, text=f"{name}'s {reason.text}", anchor=None) for reason in reasons]
        return named or [self._single(expression, environment, wanted=wanted)]

    def _quantified(self, expression: Quantified, environment: Environment, *, wanted: bool) -> list[Reason]:
        items = self._value(expression.items, environment)
        if not isinstance(items, tuple) or not items:
            return [self._empty(expression, environment, wanted=wanted)]
        source = self._sources.source(expression.items, environment)
        reasons: list[Reason] = []
        if expression.word == "some" and wanted:
            reasons.append(self._none_satisfies(expression, environment, source))
        for item in items:
            if len(reasons) >= MOST_REASONS:
                break
            for reason in self._element(expression, environment, item, wanted=wanted):
                own = isinstance(item, int) and reason.field == str(self._graph.reference(item))
                place = self._sources.place(source) if own else reason.location
                field = self._sources.field(source) if own else reason.field
                anchor = self._sources.anchor(expression.items, environment)
                reasons.append(replace(reason, location=place, field=field, anchor=anchor))
        return _once(reasons) or [self._single(expression.items, environment, wanted=wanted)]

    def _none_satisfies(self, expression: Quantified, environment: Environment, source: ValueSource) -> Reason:
        """A list without an element that satisfies the condition."""
        text = f"{self._named(expression.items, environment)} is {self._display(source.value, expression.items)}"
        expected = f"at least one {self._expected_of_element(expression, environment)}"
        anchor = self._sources.anchor(expression.items, environment)
        return Reason(
            text, expected, self._sources.field(source), missing=False, location=self._sources.place(source), anchor=anchor
        )

    def _element(self, expression: Quantified, environment: Environment, item: object, *, wanted: bool) -> list[Reason]:
        """Why one element of a list is not as expected."""
        if item is None:
            return [self._empty(expression, environment, wanted=wanted)]
        bound = {**environment, expression.name: item}
        unwanted = (expression.word == "no") is wanted
        if unwanted and isinstance(expression.condition, Not):
            return self.reasons(expression.condition.part, bound)
        if unwanted and self._value(expression.condition, bound) is True:
            met = self._met(expression.condition, bound)
            return [self._unwanted_element(replace(expression, condition=met), bound, item)]
        return self.reasons(expression.condition, bound, wanted=not unwanted)

    def _met(self, condition: Expression, bound: Environment) -> Expression:
        """Of alternatives those that hold, as the others say nothing about the element."""
        if not isinstance(condition, Either):
            return condition
        parts = tuple(part for part in condition.parts if self._value(part, bound) is True)
        return parts[0] if len(parts) == 1 else replace(condition, parts=parts)

    def _unwanted_element(self, expression: Quantified, bound: Environment, item: object) -> Reason:
        """An element that must not be there, with the values that make it so."""
        values = {
            ".".join(step.name for step in part.steps): self._display(self._value(part, bound), part)
            for part in self._compiled.parts(expression.condition)
            if isinstance(part, Path) and part.start == expression.name and part.steps
        }
        name = display_value(self._graph, item, expression.items.type.item or expression.items.type)
        details = ", ".join(f"{path} is {value}" for path, value in list(values.items())[:MOST_ELEMENTS])
        node = item if isinstance(item, int) and not isinstance(item, bool) else None
        place = self._graph.place(node) if node is not None else None
        field = ".".join((str(self._graph.reference(node)), *list(values)[:1])) if node is not None else ""
        text = f"{name} is one of {flat(expression.items.text)}" + (f", and its {details}" if details else "")
        return Reason(text, f"{NONE_OF}{self._expected_of_element(expression, bound)}", field, missing=False, location=place)

    def _expected_of_element(self, expression: Quantified, environment: Environment) -> str:
        """What is expected of an element, with the values that are the same for all."""

        def known(path: Expression) -> str | None:
            if not isinstance(path, Path) or path.start == expression.name or path.start not in environment:
                return None
            value = self._value(path, {path.start: environment[path.start]})
            return f"{self._display(value, path)} ({flat(path.text)})"

        return element_text(self._view.vocabulary, expression, known)

    def _empty(self, expression: Quantified, environment: Environment, *, wanted: bool) -> Reason:
        """A list that is unknown or has no element."""
        source = self._sources.source(expression.items, environment)
        field, place = self._sources.field(source), self._sources.place(source)
        name = self._named(expression.items, environment)
        expected = "at least one"
        if expression.word == "some" and wanted:
            expected = f"{expected} {self._expected_of_element(expression, environment)}"
        if source.value is None:
            return Reason(f"{name} is not declared", expected, field, missing=True, location=place)
        state = "is empty" if self._sources.is_written(source) else "has no entries"
        return Reason(f"{name} {state}", expected, field, missing=False, location=place)

    def _plain(self, expression: Expression, environment: Environment, *, wanted: bool) -> list[Reason]:
        """A comparison or a bare value: the fields that are missing where it is unknown, else its value."""
        if self._value(expression, environment) is None:
            missing = self._missing_parts(expression, environment)
            if missing:
                return missing
        return [self._single(expression, environment, wanted=wanted)]

    def _missing_parts(self, expression: Expression, environment: Environment) -> list[Reason]:
        reasons: dict[Reason, None] = {}
        bound = [environment]
        members = environment.get("members")
        if isinstance(members, tuple):
            bound = [{"it": member} for member in members]
        for part in self._compiled.parts(expression):
            for names in bound:
                if len(reasons) >= MOST_REASONS:
                    break
                if isinstance(part, Path) and part.start in names and self._value(part, names) is None:
                    reasons[replace(self._single(part, names, wanted=True), expected="a value")] = None
        return list(reasons)

    def _single(self, expression: Expression, environment: Environment, *, wanted: bool) -> Reason:
        subject, expected = self._expected(expression, environment, wanted=wanted)
        source = self._sources.source(subject, environment)
        fact = fact_reason(self._view, subject, expected, source.value, environment)
        if fact is not None:
            return fact
        underived = self._underived(source) if source.value is None else None
        if underived is not None:
            return underived
        name = self._named(subject, environment)
        anchor = self._sources.anchor(subject, environment)
        field, place = self._sources.field(source), self._sources.place(source)
        if source.value is None:
            return Reason(f"{name} is not declared", expected, field, missing=True, location=place, anchor=anchor)
        text = f"{name} is {self._display_counted(subject, source.value, environment)}"
        if isinstance(subject, Aggregate) and subject.word == "unique" and wanted:
            text, expected = same_text(self._view.vocabulary, subject)
        if isinstance(subject, Path) and subject.start == "base":
            # No change of the head alters what the base has, so it is only named.
            expected = ""
        return Reason(text, expected, field, missing=False, location=place, anchor=anchor)

    def _display(self, value: object, expression: Expression) -> str:
        return display_value(self._graph, value, expression.type)

    def _display_counted(self, subject: Expression, value: object, environment: Environment) -> str:
        """The value; a count is followed by what it counts."""
        text = self._display(value, subject)
        if isinstance(subject, Aggregate) and subject.items is not None and subject.part is None:
            counted = self._value(subject.items, environment)
            return f"{text}: {self._display(counted, subject.items)}" if counted else text
        return text

    def _underived(self, source: ValueSource) -> Reason | None:
        """Why a derived value is unknown: the component that should have declared it. None for values that are not derived."""
        node = source.node
        if node is None or not source.fields:
            return None
        reference = self._graph.reference(node)
        flow = self._view.vocabulary.derived(reference.kind, source.fields[0])
        if flow is None:
            return None
        seed = self._view.origins(flow).undeclared_seed(node)
        if seed is None:
            text = f"{flow.name} of {reference} is not known: {flow.unseeded or 'nothing gives it'}"
            return Reason(text, "a value", f"{reference}.{flow.name}", missing=True, location=self._graph.place(node))
        declaring = self._graph.reference(seed)
        field = flow.seeds[declaring.kind]
        text = f"{field} of {declaring} is not declared" if seed != node else f"{field} is not declared"
        return Reason(text, "a value", f"{declaring}.{field}", missing=True, location=self._graph.place(seed))

    def _expected(self, expression: Expression, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        """The part of a condition whose value is reported, and what is expected of it."""
        match expression:
            case Compare():
                return self._expected_of_comparison(expression, environment, wanted=wanted)
            case Member():
                return self._expected_of_member(expression, environment, wanted=wanted)
            case Subset():
                left = self._display(self._value(expression.left, environment), expression.left)
                return expression.right, f"{'all of' if wanted else 'not all of'} {left}"
            case _:
                return simply_expected(expression, wanted=wanted)

    def _expected_of_comparison(self, expression: Compare, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        operator = expression.operator if wanted else COMPARISONS[expression.operator].opposite
        right = expression.right
        value = self._value(right, environment)
        if value is None and self._value(expression.left, environment) is not None:
            return right, f"a value to compare {flat(expression.left.text)} with"
        text = self._display(value, right)
        if not isinstance(right, Literal_) or (right.parameter == "" and right.text == "today"):
            text = f"{text} ({value_text(self._view.vocabulary, right)})"
        elif right.parameter:
            text = f"{text} (parameter {right.parameter})"
        return expression.left, expected_words(operator, expression.left.type.name).format(text)

    def _expected_of_member(self, expression: Member, environment: Environment, *, wanted: bool) -> tuple[Expression, str]:
        if isinstance(expression.right, ListLiteral):
            choices = " or ".join(item.text for item in expression.right.items)
            return expression.left, choices if wanted else f"anything but {choices}"
        left = self._value(expression.left, environment)
        if left is None:
            return expression.left, f"a value to look for in {flat(expression.right.text)}"
        return expression.right, f"a list {'with' if wanted else 'without'} {self._display(left, expression.left)}"

    def _named(self, subject: Expression, environment: Environment) -> str:
        """How the part is called: a path from a bound element names the element."""
        if isinstance(subject, Path) and subject.start not in {*SUBJECT_NAMES, "to", "item"}:
            value = environment.get(subject.start)
            if isinstance(value, int) and not isinstance(value, bool) and subject.steps:
                rest = ".".join(step.name for step in subject.steps)
                return f"{self._graph.reference(value).short}'s {rest}"
        if isinstance(subject, Aggregate) and subject.word != "unique":
            return value_text(self._view.vocabulary, subject)
        text = flat(subject.text)
        for step in subject.steps if isinstance(subject, Path) else ():
            # The key of a pack, as the manifest writes it.
            text = text.replace(f"{spelled(step.name)}.", f"{step.name}.") if "-" in step.name else text
        if isinstance(subject, Arithmetic):
            for part in sorted(self._compiled.parts(subject), key=lambda part: -len(part.text)):
                bound = isinstance(part, Path) and part.steps and part.start in environment
                if bound or (isinstance(part, Aggregate) and part.items is None):
                    text = text.replace(flat(part.text), self._display(self._value(part, environment), part))
        return text


def _node(value: object) -> Node:
    if not isinstance(value, int):  # pragma: no cover - selectors are only applied to components
        raise TypeError(f"{value!r} is not a component")
    return value


def _once(reasons: list[Reason]) -> list[Reason]:
    return list(dict.fromkeys(reasons))
