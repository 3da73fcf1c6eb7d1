"""The operators that compare two values: one table for all rooms."""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple


class Comparison(NamedTuple):
    """What an operator means.

    `opposite` is true where this one is false, `flipped` says the same with its sides exchanged, and `holds` compares two values.
    `words` say what the left side must be, `date_words` where it is a date.
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


def asked_words(symbol: str, type_name: str) -> str:
    """The words for what a comparison asks of a value of a type, with `{}` for the value it is compared with."""
    comparison = COMPARISONS[symbol]
    return comparison.date_words if type_name == "date" else comparison.words
