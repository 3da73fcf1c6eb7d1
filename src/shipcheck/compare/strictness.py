"""Whether a policy asks for more or for less than it did, as far as its text shows."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import IntEnum

from shipcheck.model.expression import Compare, Either, Expression, Literal_, Selector
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotCycle,
    MustNotReach,
    MustReach,
    Policy,
    Rung,
    Subject,
    Verb,
)
from shipcheck.model.traverse import conjuncts


class Strictness(IntEnum):
    """How a part of a policy compares with what it was; `OTHER` where that is unknown."""

    LOOSER = -1
    SAME = 0
    STRICTER = 1
    OTHER = 2


LOOSER, SAME, STRICTER, OTHER = Strictness.LOOSER, Strictness.SAME, Strictness.STRICTER, Strictness.OTHER


def strictness(before: Policy, now: Policy) -> Strictness:
    """How a policy compares with what it was; parameters count by their names, since their values are compared elsewhere."""
    parts = (
        _of_subjects(before.subject, now.subject),
        _of_verbs(before.verb, now.verb),
        _of_ladders(before.severity, now.severity),
    )
    return _together(parts)


def _together(parts: Iterable[Strictness]) -> Strictness:
    found = set(parts) - {SAME}
    if not found:
        return SAME
    return found.pop() if len(found) == 1 else OTHER


def _of_subjects(before: Subject, now: Subject) -> Strictness:
    """More subjects are stricter."""
    if isinstance(before, EachLink) and isinstance(now, EachLink):
        return _together((_of_sets(before.links, now.links), _less(_of_conditions(before.where, now.where))))
    if isinstance(before, EachComponent) and isinstance(now, EachComponent):
        return _of_selectors(before.selector, now.selector)
    if isinstance(before, EachRemoved) and isinstance(now, EachRemoved):
        return _of_selectors(before.selector, now.selector)
    # A group with other members can pass as well as fail.
    return SAME if is_same(before, now) and isinstance(now, Group) else OTHER


def _of_verbs(before: Verb, now: Verb) -> Strictness:
    match before, now:
        case Must(), Must():
            return _of_conditions(before.condition, now.condition)
        case MustNotReach(), MustNotReach():
            return _together(
                (
                    _of_selectors(before.target, now.target),
                    _of_sets(before.along, now.along),
                    _less(_of_helps(before.unless_through, now.unless_through)),
                    _of_flags(before=before.last_hop, now=now.last_hop),
                    _of_distances(before.within, now.within),
                )
            )
        case MustReach(), MustReach():
            return _together(
                (
                    _less(_of_selectors(before.target, now.target)),
                    _less(_of_sets(before.along, now.along)) if not now.every_way else _equal(before.along, now.along),
                    _of_helps(before.through, now.through) if is_same(before.through, now.through) else OTHER,
                    _of_flags(before=before.every_way, now=now.every_way),
                    _less(_of_distances(before.within, now.within)),
                )
            )
        case MustNotCycle(), MustNotCycle():
            return _of_sets(before.along, now.along)
    return OTHER


def _of_ladders(before: tuple[Rung, ...], now: tuple[Rung, ...]) -> Strictness:
    """Rungs with the same conditions are compared one by one; otherwise the least of one with the greatest of the other."""
    if len(before) == len(now) and all(is_same(one.when, other.when) for one, other in zip(before, now, strict=True)):
        return _together(_of_numbers(one.severity, other.severity) for one, other in zip(before, now, strict=True))
    levels, others = [rung.severity for rung in before], [rung.severity for rung in now]
    if min(others) >= max(levels):
        return STRICTER
    return LOOSER if max(others) <= min(levels) else OTHER


def _of_selectors(before: Selector, now: Selector) -> Strictness:
    """Matching more components is stricter."""
    alternatives = [[bare((item.kinds, item.where)) for item in selector.alternatives] for selector in (before, now)]
    narrowing = _less(_of_conditions(before.where, now.where))
    if len(before.alternatives) == len(now.alternatives) == 1 and before.kinds == now.kinds:
        return _together((narrowing, _less(_of_conditions(before.alternatives[0].where, now.alternatives[0].where))))
    return _together((narrowing, _of_sets(*alternatives)))


def _of_helps(before: Selector | None, now: Selector | None) -> Strictness:
    """Of gates that let a path pass, more of them let more pass; without any, none does."""
    if before is None or now is None:
        return SAME if before is now else LOOSER if now is None else STRICTER
    return _of_selectors(before, now)


def _of_conditions(before: Expression | None, now: Expression | None) -> Strictness:
    """More conditions that must hold are stricter, as are fewer of which one must."""
    if is_same(before, now):
        return SAME
    if isinstance(before, Either) and isinstance(now, Either):
        return _less(_of_sets(before.parts, now.parts))
    old, new = conjuncts(before), conjuncts(now)
    by_sets = _of_sets(old, new)
    if by_sets is OTHER and len(old) == len(new):
        return _together(_of_comparisons(one, other) for one, other in zip(old, new, strict=True))
    return by_sets


def _of_comparisons(before: Expression, now: Expression) -> Strictness:
    """Two comparisons of the same value with a number, or any other conditions that are the same."""
    if is_same(before, now):
        return SAME
    if not (isinstance(before, Compare) and isinstance(now, Compare)):
        return OTHER
    same = before.operator == now.operator and before.operator in {"<", "<=", ">", ">="} and is_same(before.left, now.left)
    old, new = _number(before), _number(now)
    if not same or old is None or new is None:
        return OTHER
    return _of_numbers(old, new) if before.operator.startswith(">") else _of_numbers(new, old)


def _number(comparison: Compare) -> float | None:
    """The number that a comparison names, or the position of its word."""
    literal = comparison.right
    if not isinstance(literal, Literal_) or literal.parameter:
        return None
    if literal.value in comparison.rank:
        return comparison.rank.index(str(literal.value))
    return literal.value if isinstance(literal.value, int | float) else None


def _of_sets(before: Iterable[object], now: Iterable[object]) -> Strictness:
    old, new = ([bare(item) for item in items] for items in (before, now))
    fewer, more = all(item in new for item in old), all(item in old for item in new)
    return SAME if fewer and more else STRICTER if fewer else LOOSER if more else OTHER


def _of_numbers(before: float, now: float) -> Strictness:
    return SAME if before == now else STRICTER if now > before else LOOSER


def _of_distances(before: int | None, now: int | None) -> Strictness:
    """A longer distance, and most of all none given, is more."""
    return _of_numbers(float("inf") if before is None else before, float("inf") if now is None else now)


def _of_flags(*, before: bool, now: bool) -> Strictness:
    return _of_numbers(before, now)


def _equal(before: object, now: object) -> Strictness:
    return SAME if is_same(before, now) else OTHER


def _less(strictness: Strictness) -> Strictness:
    """The same comparison where more is looser."""
    return {LOOSER: STRICTER, STRICTER: LOOSER}.get(strictness, strictness)


def is_same(before: object, now: object) -> bool:
    """Whether two parts of policies say the same, with parameters by their names."""
    return before == now or bare(before) == bare(now)


def bare(value: object) -> object:
    """A part of a policy without texts and places, with its parameters by name."""
    if isinstance(value, Literal_) and value.parameter:
        return value.parameter
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if is_dataclass(value):
        return type(value).__name__, *(bare(getattr(value, field.name)) for field in fields(value) if field.compare)
    return value
