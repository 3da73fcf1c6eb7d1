"""The operators that compare two values: one table for all rooms."""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple


class Comparison(NamedTuple):
    """The meaning of an operator.

    `opposite` is true if this one is false, `flipped` is the same with its sides exchanged, and `holds` compares two values.
    `words` say what the left side must be, `date_words` if it is a date.
    """

    opposite: str
    flipped: str
    holds: Callable[[Any, Any], bool]
    words: str
    date_words: str


COMPARISONS = {
    "==": Comparison("!=", "==", operator.eq, "{}", "{}"),
    "!=": Comparison("==", "!=", operator.ne, "anything but {}", "anything but {}"),
    "<": Comparison(">=", ">", operator.lt, "less than {}", "before {}"),
    "<=": Comparison(">", ">=", operator.le, "at most {}", "{} or earlier"),
    ">": Comparison("<=", "<", operator.gt, "more than {}", "after {}"),
    ">=": Comparison("<", "<=", operator.ge, "at least {}", "{} or later"),
}
EQUALITIES = frozenset({"==", "!="})


def expected_words(symbol: str, type_name: str) -> str:
    """The words for what a comparison expects of a value of a type, with `{}` for the value it is compared with."""
    comparison = COMPARISONS[symbol]
    return comparison.date_words if type_name == "date" else comparison.words
