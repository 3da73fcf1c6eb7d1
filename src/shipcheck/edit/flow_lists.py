"""Items put at the end of a list that is written between brackets."""

from shipcheck.edit.lines import Lines
from shipcheck.edit.lists import CannotEditError
from shipcheck.model.document import Sequence


def is_flow(text: str, found: Sequence) -> bool:
    """Whether a list is written between brackets."""
    return Lines(text).line(found.line)[found.column - 1 : found.column] == "["


def with_flow_item(text: str, found: Sequence, item: str) -> str:
    """The text with an item, as YAML, right behind the last one of a list between brackets.

    Raises:
        CannotEditError: the list is empty, so there is no place to go by.
    """
    if not found.items:
        raise CannotEditError(f"the list on line {found.line} is empty")
    lines, last = Lines(text), found.items[-1]
    line, at = lines.line(last.end_line), last.end_column - 1
    return lines.edited((last.end_line,), {last.end_line: [f"{line[:at]}, {item}{line[at:]}"]})
