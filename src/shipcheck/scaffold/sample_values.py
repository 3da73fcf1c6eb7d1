"""Values at the boundary of a comparison."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from shipcheck.model.expression import Arithmetic, Expression, Literal_
from shipcheck.model.operators import COMPARISONS, EQUALITIES
from shipcheck.model.types import Type

MIDDLE = 3


def constant(part: Expression, today: date) -> Any:
    """The value of a part that is the same in every manifest; None where it is not."""
    if isinstance(part, Literal_):
        return today if part.value == "today" and part.type.name == "date" else part.value
    if isinstance(part, Arithmetic):
        left, right = constant(part.left, today), constant(part.right, today)
        if left is None or right is None or part.operator not in {"+", "-"}:
            return None
        return left + right if part.operator == "+" else left - right
    return None


def near(kind: Type, operator: str, bound: Any, *, wanted: bool) -> Iterator[Any]:
    """Values of the type `kind` for which `value operator bound` is as wanted, those at the boundary first."""
    for value in _around(kind, bound):
        if _holds(kind, value, operator, bound) is wanted:
            yield value


def some_value(kind: Type, today: date) -> Any:
    """Any value of a type that has no names in it; None where there is none."""
    if kind.name == "choice":
        return kind.words[0]
    return {"text": "written down", "number": MIDDLE, "percent": 0.5, "yes_no": True, "date": today}.get(kind.name)


def _around(kind: Type, bound: Any) -> list[Any]:
    if kind.name == "choice":
        place = kind.words.index(bound)
        return sorted(kind.words, key=lambda word: (abs(kind.words.index(word) - place), kind.words.index(word)))
    if isinstance(bound, bool):
        return [bound, not bound]
    if isinstance(bound, date):
        return [bound, bound + timedelta(days=1), bound - timedelta(days=1)]
    if isinstance(bound, int | float):
        return [bound, bound + 1, bound - 1]
    return [bound, f"not {bound}"] if isinstance(bound, str) else []


def _holds(kind: Type, value: Any, operator: str, bound: Any) -> bool:
    if kind.name == "choice" and operator not in EQUALITIES:
        value, bound = kind.words.index(value), kind.words.index(bound)
    return COMPARISONS[operator].holds(value, bound)
