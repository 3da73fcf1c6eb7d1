"""Adds, removes and changes items of lists; comments, order and quoting are kept."""

import re
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Sequence as AnySequence

from shipcheck.model.document import Mapping as MappingNode
from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.model.scalars import AMBIGUOUS

INDENT = "  "
# Text that YAML reads as itself everywhere, also between braces.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ./_'()-]|:(?=[A-Za-z0-9]))*", re.ASCII)
_LINE_END = re.compile("(\r\n|\r|\n)")
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class CannotEditError(Exception):
    """The text cannot be edited without changing more than requested."""


class Lines:
    """The lines of a text, counted from 1, each with its own line end."""

    def __init__(self, text: str) -> None:
        pieces = _LINE_END.split(text)
        self._lines = list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
        if len(self._lines) > 1 and not self._lines[-1][0]:
            self._lines.pop()
        self._end = next((end for _, end in self._lines if end), "\n")

    def line(self, number: int) -> str:
        """The line `number`, from 1, without its end; empty beyond the last."""
        return self._lines[number - 1][0] if 0 < number <= len(self._lines) else ""

    def edited(self, removed: Collection[int], inserted: Mapping[int, AnySequence[str]]) -> str:
        """The text without some lines, and with others after the lines of these numbers; every other byte is unchanged.

        New lines end like the first one, and a text whose last line has no end still has none.
        """
        kept: list[tuple[str, str]] = []
        for number, (line, end) in enumerate(self._lines, 1):
            if number not in removed:
                kept.append((line, end or self._end))
            kept += [(new, self._end) for new in inserted.get(number, ())]
        if kept and not self._lines[-1][1]:
            kept[-1] = (kept[-1][0], "")
        return "".join(f"{line}{end}" for line, end in kept)


def quoted(text: str) -> str:
    """A text as a YAML scalar that every parser reads as that text: plain if that is safe, otherwise in double quotes."""
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and not AMBIGUOUS.fullmatch(text):
        return text
    return f'"{text.translate(_ESCAPES)}"'


def with_items(
    text: str, root: Node, path: AnySequence[str], items: AnySequence[AnySequence[str]], *, keep_gaps: bool = False
) -> str:
    """The text with items at the end of the list at a path of keys; an item is its lines without the indent.

    A missing list is added at the end of the document, if its path is one key. With `keep_gaps` an empty line precedes each new
    item if one separates the last two.

    Raises:
        CannotEditError: the list is written between brackets, or is missing.
    """
    lines = Lines(text)
    node = _list_at(lines, root, path)
    if node is not None:
        block = _block(items, " " * (node.column - 1), gaps=keep_gaps and _has_gap(lines, node))
        return lines.edited((), {_last_line(lines, node): list(block)})
    if len(path) > 1:
        raise CannotEditError(f"{'.'.join(path)} not found")
    return with_entry(text, root, [f"{path[0]}:", *_block(items, INDENT)])


def with_entry(text: str, root: Node, entry: AnySequence[str]) -> str:
    """The text with the lines of a new key and its value after all others.

    Raises:
        CannotEditError: the document is written between braces.
    """
    lines = Lines(text)
    _refuse_flow(lines, root)
    indent = " " * (root.column - 1)
    return lines.edited((), {_last_line(lines, root): [f"{indent}{line}" for line in entry]})


def without_items(text: str, root: Node, path: AnySequence[str], positions: Collection[int]) -> str:
    """The text without the items at these positions of the list at a path of keys; without its first key if none is left.

    Comments between items stay; those within an item are removed with it.

    Raises:
        CannotEditError: the list is written between brackets.
    """
    lines = Lines(text)
    node = _list_at(lines, root, path)
    if node is None:
        return text
    removed: set[int] = set()
    for position, item in enumerate(node.items):
        if position in positions:
            removed.update(range(_first_line(lines, node, item), _last_line(lines, item) + 1))
    if len(positions) == len(node.items) and isinstance(root, MappingNode):
        entry = root.find(path[0])
        removed.update(_rest_of(lines, *entry, node) if entry is not None else ())
    return lines.edited(removed, {})


def with_values(text: str, item: Node, values: Mapping[str, str]) -> str:
    """The text with other values, as YAML, for keys that a map has and whose values are on one line each.

    Raises:
        CannotEditError: a key is missing, or its value is not on one line.
    """
    lines = Lines(text)
    removed, inserted = set[int](), dict[int, list[str]]()
    changed: dict[int, str] = {}
    entries = {key.text: value for key, value in item.entries} if isinstance(item, MappingNode) else {}
    # From the right, so that places further left on the same line stay valid.
    for key in sorted(values, key=lambda name: -entries[name].column if name in entries else 0):
        node = entries.get(key)
        if not isinstance(node, Scalar) or node.line != node.end_line:
            raise CannotEditError(f"the value of {key} is not on one line")
        line = changed.get(node.line, lines.line(node.line))
        changed[node.line] = f"{line[: node.column - 1]}{values[key]}{line[node.end_column - 1 :]}"
    for number, line in changed.items():
        removed.add(number)
        inserted[number] = [line]
    return lines.edited(removed, inserted)


def _block(items: AnySequence[AnySequence[str]], indent: str, *, gaps: bool = False) -> Iterator[str]:
    for first, *rest in items:
        if gaps:
            yield ""
        yield f"{indent}- {first}"
        yield from (f"{indent}  {line}" for line in rest)


def _has_gap(lines: Lines, node: Sequence) -> bool:
    """Whether an empty line separates the last two items of a list; a single item counts as separated from the next."""
    if len(node.items) < 2:
        return True
    before, last = node.items[-2:]
    return any(not lines.line(number).strip() for number in range(_last_line(lines, before) + 1, last.line))


def _list_at(lines: Lines, root: Node, path: AnySequence[str]) -> Sequence | None:
    node = root
    for key in path:
        _refuse_flow(lines, node)
        entry = node.find(key) if isinstance(node, MappingNode) else None
        if entry is None:
            return None
        node = entry[1]
    _refuse_flow(lines, node)
    return node if isinstance(node, Sequence) else None


def _refuse_flow(lines: Lines, node: Node) -> None:
    if _is_flow(lines, node):
        message = f"the list or map on line {node.line} is written between brackets; write each item on its own line"
        raise CannotEditError(message)


def _first_line(lines: Lines, sequence: Sequence, item: Node) -> int:
    """The line of an item's dash; all dashes of a list are in one column."""
    column = sequence.column - 1
    for number in range(item.line, sequence.line, -1):
        line = lines.line(number)
        if line[column : column + 1] == "-" and not line[:column].strip():
            return number
    return sequence.line


def _last_line(lines: Lines, node: Node) -> int:
    """The last line with any part of a node: libyaml ends a block where the next one starts."""
    if not _is_flow(lines, node):
        if isinstance(node, MappingNode) and node.entries:
            key, value = node.entries[-1]
            return max(_last_line(lines, value), key.end_line)
        if isinstance(node, Sequence) and node.items:
            return _last_line(lines, node.items[-1])
    return node.end_line - 1 if node.end_column == 1 and node.end_line > node.line else node.end_line


def _is_flow(lines: Lines, node: Node) -> bool:
    return not isinstance(node, Scalar) and lines.line(node.line)[node.column - 1 : node.column] in {"[", "{"}


def _rest_of(lines: Lines, key: Scalar, value: Node, sequence: Sequence) -> Iterator[int]:
    """The lines of an entry whose list is removed, other than the items: those of its key and of values next to the list."""
    yield key.line
    if isinstance(value, MappingNode):
        for inner, item in value.entries:
            last = inner.end_line if item is sequence else _last_line(lines, item)
            yield from range(inner.line, last + 1)


def is_flow(text: str, sequence: Sequence) -> bool:
    """Whether a list is written between brackets."""
    return Lines(text).line(sequence.line)[sequence.column - 1 : sequence.column] == "["


def with_flow_item(text: str, sequence: Sequence, item: str) -> str:
    """The text with an item, as YAML, right behind the last one of a list between brackets.

    Raises:
        CannotEditError: the list is empty.
    """
    if not sequence.items:
        raise CannotEditError(f"the list on line {sequence.line} is empty")
    lines, last = Lines(text), sequence.items[-1]
    line, at = lines.line(last.end_line), last.end_column - 1
    return lines.edited((last.end_line,), {last.end_line: [f"{line[:at]}, {item}{line[at:]}"]})
