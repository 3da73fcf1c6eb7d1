"""Adds an item to the end of a list between brackets."""

from shipcheck.edit.lines import Lines
from shipcheck.edit.lists import CannotEditError
from shipcheck.model.document import Sequence


def is_flow(text: str, node: Sequence) -> bool:
    """Whether a list is written between brackets."""
    return Lines(text).line(node.line)[node.column - 1 : node.column] == "["


def with_flow_item(text: str, node: Sequence, item: str) -> str:
    """The text with an item, as YAML, after the last one of a list between brackets.

    Raises:
        CannotEditError: the list is empty, so there is no place to insert at.
    """
    if not node.items:
        raise CannotEditError(f"the list on line {node.line} is empty")
    lines, last = Lines(text), node.items[-1]
    line, at = lines.line(last.end_line), last.end_column - 1
    return lines.edited((last.end_line,), {last.end_line: [f"{line[:at]}, {item}{line[at:]}"]})
