"""Values in the words of findings."""

from datetime import date, timedelta
from fractions import Fraction

from shipcheck.english import counted
from shipcheck.graph.graph import Graph
from shipcheck.model.fact import FactText
from shipcheck.model.types import Type


def display_value(graph: Graph, value: object, kind: Type) -> str:
    """A value of type `kind`: None is unknown, a node is a component, a tuple is a list, and a dict is a record."""
    if value is None:
        return "not declared"
    if isinstance(value, tuple | list | dict):
        return _display_several(graph, value, kind)
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


def _display_several(graph: Graph, value: tuple[object, ...] | list[object] | dict[str, object], kind: Type) -> str:
    """A list, or the declared texts of a record."""
    if isinstance(value, dict):
        texts = {name: text for name, text in value.items() if isinstance(text, str) and not isinstance(text, FactText)}
        return f"{{{', '.join(f'{name}: {text}' for name, text in texts.items())}}}"
    return f"[{', '.join(display_value(graph, element, kind.item or kind) for element in value)}]"
