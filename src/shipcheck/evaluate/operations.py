"""What compiled expressions call: operations on lists, numbers and unknowns.

Unknown is None everywhere; conditions are combined as in Kleene's three-valued logic. Lists are tuples, in which an element that
is None is an unknown element.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

Test = Callable[..., bool | None]
Items = Sequence[Any] | None
# Shorter lists cost no more than the manifest that holds them, so only longer ones are counted.
FEW = 16


class Lists:
    """Operations on lists; `spend` is called with the number of elements of a long one that are read."""

    def __init__(self, spend: Callable[[int], None]) -> None:
        self._spend = spend
        self.quantifiers: dict[str, Callable[..., bool | None]] = {"some": self.some, "every": self.every, "no": self.no}

    def step_each(self, items: Items, get: Callable[[Any], Any], flatten: bool, distinct: bool) -> Items:  # noqa: FBT001 - generated code calls by place
        """One step of a field path through a list: an element that lacks the next value stays as an unknown element.

        `get` reads the next value of an element. With `flatten` these values are lists, whose elements are put into one; with
        `distinct` each element comes once.
        """
        if items is None:
            return None
        values: list[Any] = []
        for item in items:
            value = None if item is None else get(item)
            if flatten and value is not None:
                values.extend(value)
            else:
                values.append(value)
        if len(values) > FEW or len(items) > FEW:
            self._spend(len(values) + len(items))
        return tuple(dict.fromkeys(values)) if distinct else tuple(values)

    def some(self, items: Items, test: Test, *outer: Any) -> bool | None:
        """Whether at least one element satisfies the test, which is called with `outer` and the element."""
        if items is None:
            return None
        result: bool | None = False
        for number, item in enumerate(items, 1):
            value = None if item is None else test(*outer, item)
            if value:
                self._read(number)
                return True
            if value is None:
                result = None
        self._read(len(items))
        return result

    def every(self, items: Items, test: Test, *outer: Any) -> bool | None:
        """Whether there is an element and all satisfy the test."""
        if items is None:
            return None
        result: bool | None = bool(items)
        for number, item in enumerate(items, 1):
            value = None if item is None else test(*outer, item)
            if value is False:
                self._read(number)
                return False
            if value is None:
                result = None
        self._read(len(items))
        return result

    def no(self, items: Items, test: Test, *outer: Any) -> bool | None:
        """Whether no element satisfies the test; none needs to be there."""
        # Called as often as `some`, so it does not call that for the opposite.
        if items is None:
            return None
        result: bool | None = True
        for number, item in enumerate(items, 1):
            value = None if item is None else test(*outer, item)
            if value:
                self._read(number)
                return False
            if value is None:
                result = None
        self._read(len(items))
        return result

    def _read(self, elements: int) -> None:
        """Count the elements of a list that were read until the answer was certain."""
        if elements > FEW:
            self._spend(elements)

    def member(self, value: Any, items: Items) -> bool | None:
        """Whether a value is in a list."""
        if value is None or items is None:
            return None
        if len(items) > FEW:
            self._spend(len(items) // FEW)
        if value in items:
            return True
        return None if None in items else False

    def subset(self, left: Items, right: Items) -> bool | None:
        """Whether every element of one list is in the other; the empty list is in every list."""
        if left is None:
            return None
        result: bool | None = True
        for item in left:
            inside = self.member(item, right)
            if inside is False:
                return False
            if inside is None:
                result = None
        return result

    def count(self, items: Items, test: Test | None, *outer: Any) -> int | None:
        """How many elements a list has, or how many of them satisfy a test; unknown where one element is."""
        if items is None:
            return None
        if len(items) > FEW:
            self._spend(len(items))
        if test is None:
            return None if None in items else len(items)
        total = 0
        for item in items:
            value = None if item is None else test(*outer, item)
            if value is None:
                return None
            total += value
        return total


def like(text: str | None, pieces: Sequence[str]) -> bool | None:
    """Whether text consists of `pieces`, in order and with anything between them, from its start to its end.

    Each piece is searched for once, so the time is linear in the text.
    """
    if text is None:
        return None
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    start, end = len(first), len(text) - len(last)
    if start > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        position = text.find(piece, start, end)
        if position < 0:
            return False
        start = position + len(piece)
    return True


def count_members(values: Iterable[bool | None]) -> int | None:
    """How many members satisfy a condition; unknown where one is."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def share(values: Sequence[bool | None]) -> Fraction | None:
    """The share of members that satisfy a condition, from 0 to 1."""
    total = count_members(values)
    return None if total is None or not values else Fraction(total, len(values))


def unique(values: Sequence[Any]) -> bool | None:
    """Whether no two members have the same value; unknown where a value is, unless two known ones are equal already."""
    known = [value for value in values if value is not None]
    if len(set(known)) < len(known):
        return False
    return None if len(known) < len(values) else True


def picked(values: Sequence[Any], pick: Callable[[Sequence[Any]], Any]) -> Any:
    """What `pick` makes of the values: their minimum, maximum, sum or mean; unknown where one is, or where there are none."""
    return None if not values or None in values else pick([exact(value) for value in values])


def total(values: Sequence[Any]) -> Any:
    """The sum of numbers or durations."""
    return sum(values[1:], values[0])


def mean(values: Sequence[Any]) -> Any:
    """The mean of numbers or durations."""
    return arithmetic(total(values), "/", len(values))


def exact(value: Any) -> Any:
    """A number as exactly what its digits say, so that 10% and 20% make 30%; anything else as it is."""
    return Fraction(repr(value)) if isinstance(value, float) else value


def arithmetic(left: Any, operator: str, right: Any) -> Any:
    """`left operator right`, for `+`, `-`, `*` and `/`; unknown where a side is, or where there is no result.

    Whole numbers are divided as fractions; otherwise a number with a decimal point is exactly what its digits say.
    """
    if left is None or right is None:
        return None
    if operator == "/" and isinstance(left, int):
        left = Fraction(left)
    elif isinstance(left, float) or isinstance(right, float):
        left, right = exact(left), exact(right)
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
    "min": lambda values: picked(values, min),
    "max": lambda values: picked(values, max),
    "sum": lambda values: picked(values, total),
    "avg": lambda values: picked(values, mean),
}
