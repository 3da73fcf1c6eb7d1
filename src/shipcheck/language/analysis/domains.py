"""The values that a field, or any other expression with one value, can have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from shipcheck.model.expression import Aggregate, ComponentLiteral, Expression, Literal_, Path
from shipcheck.model.operators import COMPARISONS
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary

Constant = str | int | float | bool | date | timedelta | tuple[str, str, str]
Kinds = Mapping[str, tuple[str, ...]]
Narrow = Callable[["Domain"], "Domain"]
# Whole numbers between two bounds are enumerated only if they are few.
FEW = 100


@dataclass(frozen=True, slots=True)
class Domain:
    """Values that are possible: those in `only`, if it is not None, from `low` to `high`, and not in `never`.

    `low` and `high` are numbers or dates, None for no bound; `low_in` and `high_in` say whether the bound itself is possible.
    `whole` means whole numbers only.
    """

    only: frozenset[Constant] | None = None
    never: frozenset[Constant] = frozenset()
    low: Any = None
    high: Any = None
    low_in: bool = True
    high_in: bool = True
    whole: bool = False

    def compared(self, operator: str, value: Constant, rank: tuple[str, ...] = ()) -> "Domain":
        """The values that compare so with one; `rank` holds ordered words, lowest first."""
        if operator == "==":
            return self.among([value], inside=True)
        if operator == "!=":
            return replace(self, never=self.never | {value})
        if rank:
            place = rank.index(str(value))
            words = [word for number, word in enumerate(rank) if COMPARISONS[operator].holds(number, place)]
            return self.among(words, inside=True)
        if operator in {">", ">="}:
            return self._from(value, inside=operator == ">=")
        return self._to(value, inside=operator == "<=")

    def among(self, values: Iterable[Any], inside: bool) -> "Domain":  # noqa: FBT001
        """The values that are in a list, or are not."""
        listed = frozenset(values)
        if inside:
            return replace(self, only=listed if self.only is None else self.only & listed)
        return replace(self, never=self.never | listed)

    def _from(self, value: Any, *, inside: bool) -> "Domain":
        if self.low is not None and (self.low > value or (self.low == value and not self.low_in)):
            return self
        return replace(self, low=value, low_in=inside)

    def _to(self, value: Any, *, inside: bool) -> "Domain":
        if self.high is not None and (self.high < value or (self.high == value and not self.high_in)):
            return self
        return replace(self, high=value, high_in=inside)

    @property
    def is_empty(self) -> bool:
        """Whether no value is left."""
        if self.only is not None:
            return not any(self._has(value) for value in self.only)
        if self.low is None or self.high is None:
            return False
        if self.low > self.high:
            return True
        if self.low == self.high:
            return not self._has(self.low)
        if self.whole and self.high - self.low <= FEW:
            return not any(self._has(value) for value in range(int(self.low), int(self.high) + 1))
        return False

    def _has(self, value: Any) -> bool:
        above = self.low is None or value > self.low or (value == self.low and self.low_in)
        below = self.high is None or value < self.high or (value == self.high and self.high_in)
        return above and below and value not in self.never


def constant(expression: Expression) -> Constant | None:
    """The value of a constant; None for everything else.

    The date of the check is not a constant, because it changes, nor is a parameter, which settings can tighten.
    """
    if isinstance(expression, ComponentLiteral):
        return expression.reference
    if not isinstance(expression, Literal_) or expression.parameter:
        return None
    return None if expression.value == "today" and expression.type.name == "date" else expression.value


def domain_of(term: Expression, kinds: Kinds, vocabulary: Vocabulary) -> Domain:
    """Every value that `term` can have, where `kinds` says of which kinds a bound name can be."""
    known = constant(term)
    if known is not None:
        return Domain(only=frozenset({known}))
    if term.type.name == "choice":
        return Domain(only=frozenset(term.type.words))
    if term.type.name == "yes_no":
        return Domain(only=frozenset({True, False}))
    if isinstance(term, Aggregate) and term.word == "count":
        return Domain(low=0, whole=True)
    if isinstance(term, Aggregate) and term.word == "share":
        return Domain(low=0, high=1)
    if isinstance(term, Path):
        return _bounds(_specs(term, kinds, vocabulary))
    return Domain()


def _bounds(specs: list[FieldSpec]) -> Domain:
    """The bounds that all these fields share."""
    if not specs or any(spec.type != "integer" for spec in specs):
        return Domain()
    lows = [spec.minimum for spec in specs if spec.minimum is not None]
    highs = [spec.maximum for spec in specs if spec.maximum is not None]
    low = min(lows) if len(lows) == len(specs) else None
    high = max(highs) if len(highs) == len(specs) else None
    return Domain(low=low, high=high, whole=True)


def _specs(path: Path, kinds: Kinds, vocabulary: Vocabulary) -> list[FieldSpec]:
    """The fields that a field path ends in, one for each kind; empty if it ends in something else or they are unknown."""
    if not path.steps:
        return []
    last = path.steps[-1]
    before = path.steps[-2].type if len(path.steps) > 1 else None
    holder = before.item if before and before.item else before
    if last.on_record:
        return [vocabulary.field_of(holder.record, last.name)] if holder else []
    owners = holder.kinds if holder else kinds.get(path.start, ())
    specs = [vocabulary.kinds[kind].fields.get(last.name) for kind in owners]
    return [spec for spec in specs if spec is not None] if None not in specs else []


def is_never_missing(part: Expression, kinds: Kinds, vocabulary: Vocabulary) -> bool:
    """Whether `part` has a value however little a manifest declares: links are empty then, and some fields have a default."""
    if not isinstance(part, Path) or len(part.steps) != 1 or part.start not in kinds:
        return False
    step = part.steps[0]
    if step.source in {"link", "inverse", "name"}:
        return True
    specs = _specs(part, kinds, vocabulary)
    return step.source == "value" and bool(specs) and all(spec.absent in {"default", "floor"} for spec in specs)
