"""The normal form of a policy: equivalent policies have equal ones, however they are written (P024)."""

from collections.abc import Hashable

from shipcheck.model.expression import (
    Alternative,
    Both,
    Compare,
    Either,
    Expression,
    ListLiteral,
    Literal_,
    Member,
    Not,
    Path,
    Quantified,
    Selector,
)
from shipcheck.model.operators import COMPARISONS, EQUALITIES
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Group, Must, MustNotCycle, MustNotReach, Policy


class NormalForms:
    """Builds normal forms; equal selectors and equal conditions are normalised once."""

    def __init__(self) -> None:
        self._selectors: dict[Selector, Hashable] = {}
        self._conditions: dict[Expression, Hashable] = {}

    def policy(self, policy: Policy) -> Hashable:
        """The subject and the verb of a policy, without names, texts and the order of unordered parts."""
        return self._subject(policy), self._verb(policy)

    def _subject(self, policy: Policy) -> Hashable:
        subject = policy.subject
        if isinstance(subject, EachLink):
            return "link", frozenset(subject.links), self._of(subject.where)
        per = frozenset(self._of(path) for path in subject.per) if isinstance(subject, Group) else None
        form = {EachComponent: "each", EachRemoved: "removed", Group: "all"}[type(subject)]
        return form, self._selector(subject.selector), per

    def _verb(self, policy: Policy) -> Hashable:
        verb = policy.verb
        if isinstance(verb, Must):
            return "must", self._of(verb.condition)
        if isinstance(verb, MustNotCycle):
            return "must_not_cycle", frozenset(verb.along)
        search = self._selector(verb.target), frozenset(verb.along), verb.within
        if isinstance(verb, MustNotReach):
            return "must_not_reach", *search, self._selector(verb.unless_through), verb.last_hop
        return "must_reach", *search, self._selector(verb.through), verb.every_way

    def _selector(self, selector: Selector | None) -> Hashable:
        if selector is None:
            return None
        if selector not in self._selectors:
            self._selectors[selector] = self._selector_anew(selector)
        return self._selectors[selector]

    def _selector_anew(self, selector: Selector) -> Hashable:
        if len(selector.alternatives) > 1:
            return frozenset(self._alternative(item) for item in selector.alternatives), self._of(selector.where)
        only = selector.alternatives[0]
        wheres = tuple(where for where in (only.where, selector.where) if where is not None)
        return only.kinds, self._joined("and", wheres, {}) if wheres else None

    def _alternative(self, item: Alternative) -> Hashable:
        return item.kinds, self._of(item.where)

    def _of(self, value: object, bound: dict[str, int] | None = None) -> Hashable:
        """The normal form of an expression or of a part of one; `bound` numbers the names that quantifiers bind."""
        names = bound or {}
        if isinstance(value, Selector):
            return self._selector(value)
        if isinstance(value, Path):
            return names.get(value.start, value.start), tuple((step.name, step.source) for step in value.steps)
        if isinstance(value, Literal_):
            return value.type.name, value.value, value.parameter
        if isinstance(value, Expression):
            return self._expression(value, names)
        return value if isinstance(value, Hashable) else None

    def _expression(self, value: Expression, names: dict[str, int]) -> Hashable:
        if names:
            return self._expression_anew(value, names)
        if value not in self._conditions:
            self._conditions[value] = self._expression_anew(value, names)
        return self._conditions[value]

    def _expression_anew(self, value: Expression, names: dict[str, int]) -> Hashable:
        if isinstance(value, Not):
            return self._negation(value.part, names)
        if isinstance(value, Both | Either):
            return self._joined("and" if isinstance(value, Both) else "or", value.parts, names)
        if isinstance(value, Compare):
            return self._comparison(value.left, value.operator, value.right, names)
        if isinstance(value, Quantified):
            inner = {**names, value.name: len(names)}
            word = "some" if value.word == "no" else value.word
            inner_form = word, self._of(value.items, names), self._of(value.condition, inner)
            return ("not", inner_form) if value.word == "no" else inner_form
        if isinstance(value, Member) and isinstance(value.right, ListLiteral):
            return "in", self._of(value.left, names), frozenset(self._of(item, names) for item in value.right.items)
        fields = [name for name, spec in value.__dataclass_fields__.items() if spec.compare and name != "type"]
        return type(value).__name__, *(self._field(getattr(value, name), names) for name in fields)

    def _field(self, value: object, names: dict[str, int]) -> Hashable:
        return tuple(self._of(item, names) for item in value) if isinstance(value, tuple) else self._of(value, names)

    def _negation(self, part: Expression, names: dict[str, int]) -> Hashable:
        if isinstance(part, Not):
            return self._of(part.part, names)
        if isinstance(part, Compare):
            return self._comparison(part.left, COMPARISONS[part.operator].opposite, part.right, names)
        inner = self._of(part, names)
        return inner[1] if isinstance(inner, tuple) and inner[0] == "not" else ("not", inner)

    def _joined(self, word: str, parts: tuple[Expression, ...], names: dict[str, int]) -> Hashable:
        forms: set[Hashable] = set()
        for part in parts:
            inner = self._of(part, names)
            same = isinstance(inner, tuple) and len(inner) == 2 and inner[0] == word and isinstance(inner[1], frozenset)
            forms |= inner[1] if same and isinstance(inner, tuple) else {inner}
        return next(iter(forms)) if len(forms) == 1 else (word, frozenset(forms))

    def _comparison(self, left: Expression, operator: str, right: Expression, names: dict[str, int]) -> Hashable:
        sides = self._of(left, names), self._of(right, names)
        if operator in EQUALITIES:
            return operator, frozenset(sides)
        flipped = COMPARISONS[operator].flipped
        return (operator, *sides) if operator < flipped else (flipped, *reversed(sides))
