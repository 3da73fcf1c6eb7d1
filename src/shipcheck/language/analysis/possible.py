"""Whether a condition can be true at all (P022), or false at all (P023).

Fields are examined one by one: the values that a conjunction leaves for a field, and the conditions that it states both as true
and as false. A disjunction can be true if one of its parts can. This is not a solver: "impossible" is certain for every manifest,
and "possible" also means "not decided".
"""

from dataclasses import dataclass, field

from shipcheck.language.analysis.domains import Domain, Kinds, Narrow, constant, domain_of, is_never_missing
from shipcheck.model.expression import (
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
from shipcheck.model.operators import COMPARISONS
from shipcheck.model.types import YES_NO
from shipcheck.vocabulary.vocabulary import Vocabulary

MOST_STEPS = 4_000
MOST_STEPS_A_PACK = 100_000
# A step costs as much as the text that it examines; this many characters count as one more step.
CHARACTERS_A_STEP = 32
MOST_BRANCHES = 40
Wanted = tuple[Expression, bool]
Choices = tuple[list[Wanted], ...]


@dataclass(slots=True)
class Effort:
    """The remaining number of steps to search for contradictions in one pack; beyond it everything counts as possible."""

    left: int = MOST_STEPS_A_PACK


def is_possible(selector: Selector, kinds: Kinds, vocabulary: Vocabulary, effort: Effort) -> bool:
    """Whether some component can match a selector whose conditions may also use the names in `kinds`."""
    named = {**kinds, "it": selector.kinds}
    return _Search(named, vocabulary, effort).can([(part, True) for part in conditions_of(selector)])


def is_possible_condition(condition: Expression, kinds: Kinds, vocabulary: Vocabulary, effort: Effort) -> bool:
    """Whether a condition about the names in `kinds` can be true."""
    return _Search(kinds, vocabulary, effort).can([(condition, True)])


def is_always(condition: Expression, given: tuple[Expression, ...], kinds: Kinds, vocabulary: Vocabulary, effort: Effort) -> bool:
    """Whether `condition` is true wherever all of `given` are and everything that it reads is declared.

    `kinds` says of which kinds a bound name can be. False as well when `effort` is used up.
    """
    return not _Search(kinds, vocabulary, effort).can([(condition, False), *((part, True) for part in given)])


def conditions_of(selector: Selector) -> tuple[Expression, ...]:
    """The conditions that a component of the right kind satisfies if it matches the selector."""
    wheres = tuple(item.where for item in selector.alternatives)
    parts = tuple(where for where in wheres if where is not None)
    joined = () if len(parts) < len(wheres) else (Either(YES_NO, selector.text, parts),)
    return joined if selector.where is None else (*joined, selector.where)


@dataclass(slots=True)
class _Store:
    """The state of a conjunction: the values it leaves to each term, and the conditions it has stated as they are."""

    domains: dict[Expression, Domain] = field(default_factory=dict)
    stated: dict[Expression, bool] = field(default_factory=dict)

    def copy(self) -> "_Store":
        return _Store(dict(self.domains), dict(self.stated))


class _Search:
    def __init__(self, kinds: Kinds, vocabulary: Vocabulary, effort: Effort) -> None:
        self._kinds = kinds
        self._vocabulary = vocabulary
        self._effort = effort
        self._left = MOST_STEPS

    def can(self, wanted: list[Wanted]) -> bool:
        """Whether all of it can be true together."""
        return self._can(wanted, (), _Store(), MOST_BRANCHES)

    def _can(self, wanted: list[Wanted], pending: Choices, store: _Store, branches: int) -> bool:
        """Whether everything wanted, and one part of each pending choice, can be true with what is in the store."""
        choices = list(pending)
        while wanted:
            expression, value = wanted.pop()
            if not self._may_look(expression):
                return True
            parts = _parts(expression, value=value)
            if parts is None:
                if not self._state(expression, value, store, branches):
                    return False
            elif parts.together:
                wanted.extend(parts.wanted)
            else:
                choices.append(parts.wanted)
        if not choices or branches == 0:
            return True
        first, later = choices[0], tuple(choices[1:])
        return any(self._can([part], later, store.copy(), branches - 1) for part in first)

    def _may_look(self, expression: Expression) -> bool:
        cost = 1 + len(expression.text) // CHARACTERS_A_STEP
        self._left -= cost
        self._effort.left -= cost
        return self._left >= 0 and self._effort.left >= 0

    def _state(self, expression: Expression, value: bool, store: _Store, branches: int) -> bool:  # noqa: FBT001
        """Add a condition without parts; whether it can be true together with those in the store."""
        if isinstance(expression, Compare):
            return self._compare(expression, value, store)
        if isinstance(expression, Member) and isinstance(expression.right, ListLiteral):
            listed = [constant(item) for item in expression.right.items]
            if None not in listed:
                return self._narrow(expression.left, store, lambda domain: domain.among(listed, value))
        if isinstance(expression, Path):
            return self._narrow(expression, store, lambda domain: domain.compared("==", value))
        if isinstance(expression, Quantified):
            return self._quantified(expression, value, store, branches)
        if isinstance(expression, Given) and is_never_missing(expression.part, self._kinds, self._vocabulary):
            return value
        if isinstance(expression, Subset) and expression.left == expression.right:
            return value
        return store.stated.setdefault(expression, value) == value

    def _quantified(self, expression: Quantified, value: bool, store: _Store, branches: int) -> bool:  # noqa: FBT001
        word = expression.word
        if word == "no":
            word, value = "some", not value
        if value and branches and not self._can([(expression.condition, True)], (), _Store(), branches - 1):
            return False
        key = Quantified(expression.type, expression.text, word, expression.name, expression.items, expression.condition)
        return store.stated.setdefault(key, value) == value

    def _compare(self, expression: Compare, value: bool, store: _Store) -> bool:  # noqa: FBT001
        operator = expression.operator if value else COMPARISONS[expression.operator].opposite
        left, right = expression.left, expression.right
        if constant(left) is not None:
            left, right, operator = right, left, COMPARISONS[operator].flipped
        known = constant(right)
        if known is not None:
            ranked = expression.rank
            return self._narrow(left, store, lambda domain: domain.compared(operator, known, ranked))
        if left == right:
            return operator in {"==", "<=", ">="}
        plain = operator in {"==", "<", "<="}
        key = Compare(YES_NO, expression.text, left, operator if plain else COMPARISONS[operator].opposite, right)
        return store.stated.setdefault(key, plain) == plain

    def _narrow(self, term: Expression, store: _Store, narrow: Narrow) -> bool:
        domain = store.domains.get(term) or domain_of(term, self._kinds, self._vocabulary)
        store.domains[term] = narrowed = narrow(domain)
        return not narrowed.is_empty


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an expression: all of them must be as wanted (`together`), or one of them."""

    wanted: list[Wanted]
    together: bool


def _parts(expression: Expression, *, value: bool) -> _Parts | None:
    if isinstance(expression, Not):
        return _Parts([(expression.part, not value)], together=True)
    if isinstance(expression, Both | Either):
        return _Parts([(part, value) for part in expression.parts], together=isinstance(expression, Both) == value)
    if isinstance(expression, Literal_):
        return _Parts([], together=expression.value is value)
    if value and isinstance(expression, Matches) and _is_subject(expression.part):
        return _Parts([(part, True) for part in conditions_of(expression.selector)], together=True)
    return None


def _is_subject(part: Expression) -> bool:
    return isinstance(part, Path) and part.start == "it" and not part.steps
