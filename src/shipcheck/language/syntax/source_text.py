"""The text of a policy, in which each character has its place in the file."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shipcheck.model.document import Document, Scalar
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem

_LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A scalar's text and the document it is in."""

    document: Document
    scalar: Scalar

    @property
    def text(self) -> str:
        """The text as YAML decodes it, without folding and quoting."""
        return self.scalar.text

    def place(self, start: int = 0, end: int | None = None) -> Location:
        """The place in the file of the characters from `start` to before `end`, counted from 0; None is the end of the text."""
        end = len(self.text) if end is None else end
        if start == 0 and end == len(self.text):
            return self.document.locate(self.scalar)
        places = _places(self.document.file.content, self.scalar)
        file = self.document.file
        if start >= len(places):
            line, column = places[-1]
            return Location(file.origin, file.path, line, column + 1, line, column + 2)
        line, column = places[start]
        end_line, end_column = places[min(max(end - 1, start), len(places) - 1)]
        return Location(file.origin, file.path, line, column, end_line, end_column + 1)

    def part(self, start: int, end: int) -> "SourceText":
        """The characters from `start` to before `end`, both from 0, as plain text."""
        place = self.place(start, max(end, start + 1))
        plain = Scalar(self.text[start:end], True, place.line, place.column, place.end_line, place.end_column)  # noqa: FBT003
        return SourceText(self.document, plain)

    def split(self) -> "list[SourceText]":
        """The parts between commas, without the space around them."""
        parts = []
        offset = 0
        for part in self.text.split(","):
            start = offset + len(part) - len(part.lstrip())
            parts.append(self.part(start, start + len(part.strip())))
            offset += len(part) + 1
        return parts

    def problem(self, code: str, message: str, start: int = 0, end: int | None = None) -> Problem:
        """A problem with the P-code `code`, at the characters from `start` to before `end`; None is the end of the text."""
        return Problem(self.place(start, end), code, message)


@lru_cache(maxsize=4)
def _lines(content: bytes) -> tuple[str, ...]:
    return tuple(_LINE_BREAK.split(content.decode("utf-8").removeprefix("\ufeff")))


@lru_cache(maxsize=16)
def _places(content: bytes, scalar: Scalar) -> tuple[tuple[int, int], ...]:
    """Line and column of each character: the text and its source are read in parallel.

    Folding turns a line break and the indent after it into one space, and quoting adds escapes; so a character that is not the
    next one in the source is searched for further on. A block begins on the line after its indicator, since a comment may follow
    the indicator.
    """
    lines = _lines(content)
    line, column = scalar.line, scalar.column
    if not scalar.plain and lines[line - 1][column - 1 : column] in {"|", ">"}:
        line, column = line + 1, 1
    places: list[tuple[int, int]] = []
    for character in scalar.text:
        while line <= len(lines):
            source = lines[line - 1]
            if column > len(source):
                if character.isspace():
                    break
                line, column = line + 1, 1
            elif source[column - 1] == character:
                break
            else:
                column += 1
        places.append((line, column))
        column += 1
    return tuple(places) or ((scalar.line, scalar.column),)
