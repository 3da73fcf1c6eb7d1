"""Values as a person reads them."""

from datetime import date, timedelta
from fractions import Fraction

from shipcheck.graph.graph import Graph
from shipcheck.model.types import Type
from shipcheck.wording import counted


def shown(graph: Graph, value: object, kind: Type) -> str:
    """A value of a type, in words."""
    if value is None:
        return "not declared"
    if kind.name == "list" and isinstance(value, tuple | list):
        item = kind.item or kind
        return f"[{', '.join(shown(graph, element, item) for element in value)}]"
    if kind.name == "component" and isinstance(value, int):
        return graph.reference(value).short
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return counted(value.days, "day")
    if isinstance(value, date):
        return value.isoformat()
    if kind.name == "percent" and isinstance(value, float | Fraction):
        return f"{float(value) * 100:.3g}%"
    return f"{float(value):g}" if isinstance(value, float | Fraction) else str(value)


_WORDS = (
    (" == ", " is "), (" != ", " is not "), (" >= ", " is at least "), (" <= ", " is at most "), (" is missing", " is left out"),
)  # fmt: skip


def aloud(condition: str) -> str:
    """The text of a condition as it is read aloud."""
    text = " ".join(condition.split())
    for written, read in _WORDS:
        text = text.replace(written, read)
    return text
