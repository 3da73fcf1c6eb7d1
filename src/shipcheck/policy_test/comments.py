"""The comments of a YAML file: YAML's own tree leaves them out, so they are read from the lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence
from shipcheck.model.location import Location

_LINE_BREAK = re.compile("\r\n|\r|\n")


class Comment(NamedTuple):
    """One comment without its `#`. `about` is the line it is about: its own, or else the next line with content."""

    text: str
    location: Location
    about: int


def comments(document: Document) -> tuple[Comment, ...]:
    """Every comment of a file, in order; a `#` inside a text is not one."""
    lines = _LINE_BREAK.split(document.file.content.decode("utf-8").removeprefix("\ufeff"))
    covered = _covered(document.root)
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines, start=1):
        column = _start(line, covered.get(number, []))
        if column is not None:
            places.append((number, column))
    alone = {number for number, column in places if not lines[number - 1][:column].strip()}
    about = _next_lines(lines, alone)
    file = document.file
    return tuple(
        Comment(
            lines[number - 1][column + 1 :].strip(),
            Location(file.origin, file.path, number, column + 1, number, len(lines[number - 1]) + 1),
            about[number - 1] if number in alone else number,
        )
        for number, column in places
    )


def _start(line: str, spans: list[tuple[int, int]]) -> int | None:
    """Where the comment of a line starts: at the first `#` outside every text, with nothing or a blank before it."""
    column = line.find("#")
    for start, end in sorted(spans):
        while 0 <= column < start:
            if _opens(line, column):
                return column
            column = line.find("#", column + 1)
        if start <= column < end:
            column = line.find("#", end)
    while column >= 0 and not _opens(line, column):
        column = line.find("#", column + 1)
    return column if column >= 0 else None


def _opens(line: str, column: int) -> bool:
    return column == 0 or line[column - 1] in " \t"


def _next_lines(lines: list[str], alone: set[int]) -> list[int]:
    """For each line, the next one after it that is neither empty nor only a comment; 0 if there is none."""
    following = [0] * len(lines)
    near = 0
    for number in range(len(lines), 0, -1):
        following[number - 1] = near
        if number not in alone and lines[number - 1].strip():
            near = number
    return following


def _covered(root: Node) -> dict[int, list[tuple[int, int]]]:
    """For each line, the spans of columns, counted from 0, that texts occupy."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for scalar in _scalars(root):
        for line in range(scalar.line, scalar.end_line + 1):
            start = scalar.column - 1 if line == scalar.line else 0
            end = scalar.end_column - 1 if line == scalar.end_line else _WHOLE_LINE
            spans.setdefault(line, []).append((start, end))
    return spans


_WHOLE_LINE = 1 << 30


def _scalars(root: Node) -> Iterator[Scalar]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key, value in node.entries:
                yield key
                waiting.append(value)
        elif isinstance(node, Sequence):
            waiting.extend(node.items)
        else:
            yield node
