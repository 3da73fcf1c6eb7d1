"""What compiled expressions call: operations on lists and unknowns.

Unknown is None everywhere. Lists are tuples; an element that is None is an unknown element.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Test = Callable[..., bool | None]
Items = Sequence[Any] | None


def step_each(items: Items, get: Callable[[Any], Any], flatten: bool, distinct: bool) -> Items:  # noqa: FBT001 - generated code calls by place
    """One step of a path through a list: an element that lacks the next value stays as an unknown element."""
    if items is None:
        return None
    found: list[Any] = []
    for item in items:
        value = None if item is None else get(item)
        if flatten and value is not None:
            found.extend(value)
        else:
            found.append(value)
    return tuple(dict.fromkeys(found)) if distinct else tuple(found)


def some(items: Items, test: Test, *outer: Any) -> bool | None:
    """Whether at least one element satisfies the test."""
    if items is None:
        return None
    result: bool | None = False
    for item in items:
        value = None if item is None else test(*outer, item)
        if value:
            return True
        if value is None:
            result = None
    return result


def every(items: Items, test: Test, *outer: Any) -> bool | None:
    """Whether there is an element and all satisfy the test."""
    if items is None:
        return None
    result: bool | None = bool(items)
    for item in items:
        value = None if item is None else test(*outer, item)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def no(items: Items, test: Test, *outer: Any) -> bool | None:
    """Whether no element satisfies the test; none needs to be there."""
    return negate(some(items, test, *outer))


def negate(value: bool | None) -> bool | None:  # noqa: FBT001 - it is the operand
    """Not, where not unknown is unknown."""
    return None if value is None else not value


def member(value: Any, items: Items) -> bool | None:
    """Whether a value is in a list."""
    if value is None or items is None:
        return None
    if value in items:
        return True
    return None if None in items else False


def subset(left: Items, right: Items) -> bool | None:
    """Whether every element of one list is in the other; the empty list is in every list."""
    if left is None:
        return None
    result: bool | None = True
    for item in left:
        inside = member(item, right)
        if inside is False:
            return False
        if inside is None:
            result = None
    return result


def count(items: Items, test: Test | None, *outer: Any) -> int | None:
    """How many elements a list has, or how many of them satisfy a test; unknown where one element is."""
    if items is None:
        return None
    total = 0
    for item in items:
        value = None if item is None else (True if test is None else test(*outer, item))
        if value is None:
            return None
        total += value
    return total


def count_members(values: Iterable[bool | None]) -> int | None:
    """How many members satisfy a condition; unknown where one is."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def share(values: Sequence[bool | None]) -> float | None:
    """The share of members that satisfy a condition, from 0 to 1."""
    total = count_members(values)
    return None if total is None or not values else total / len(values)


def unique(values: Sequence[Any]) -> bool | None:
    """Whether no two members have the same value; unknown where a value is, unless two known ones are equal already."""
    known = [value for value in values if value is not None]
    if len(set(known)) < len(known):
        return False
    return None if len(known) < len(values) else True


def extreme(values: Sequence[Any], pick: Callable[[Sequence[Any]], Any]) -> Any:
    """The least or greatest value, the sum or the mean; unknown where a value is or there is none."""
    return None if not values or None in values else pick(values)


def total(values: Sequence[Any]) -> Any:
    """The sum of numbers or durations."""
    return sum(values[1:], values[0])


def mean(values: Sequence[Any]) -> Any:
    """The mean of numbers or durations."""
    return total(values) / len(values)


def arithmetic(left: Any, operator: str, right: Any) -> Any:
    """The result of an operation; unknown where a side is, or where there is no result."""
    if left is None or right is None:
        return None
    try:
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        return left * right if operator == "*" else left / right
    except (OverflowError, ZeroDivisionError):
        return None


AGGREGATES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "count": count_members,
    "share": share,
    "unique": unique,
    "min": lambda values: extreme(values, min),
    "max": lambda values: extreme(values, max),
    "sum": lambda values: extreme(values, total),
    "avg": lambda values: extreme(values, mean),
}
QUANTIFIERS: dict[str, Callable[..., bool | None]] = {"some": some, "every": every, "no": no}
