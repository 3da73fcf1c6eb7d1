"""Source lines with marks under them."""

import re
from dataclasses import dataclass

from shipcheck.model.location import Location, Texts
from shipcheck.report.encode import visible, width
from shipcheck.report.style import Style

LONGEST_LINE = 140
NEAR = 3
_ELLIPSIS = "…"
# What is shown of a line after the start of a mark, at least.
_ROOM = 10
_LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to underline and what to say about it; the primary one gets carets."""

    location: Location
    label: str
    primary: bool
    context: int = 0


@dataclass(frozen=True, slots=True)
class _Section:
    """Marks that are shown in one piece of a file, in the order given."""

    marks: tuple[Mark, ...]

    @property
    def location(self) -> Location:
        return next((mark.location for mark in self.marks if mark.primary), self.marks[0].location)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A part of a line: the index where it starts, its text, and whether the line goes on."""

    start: int
    text: str
    more: bool


class Excerpts:
    """Renders marks over the sources of one report."""

    def __init__(self, texts: Texts, style: Style) -> None:
        self._texts = texts
        self._style = style
        self._lines: dict[tuple[str, str], list[str]] = {}

    def render(self, marks: list[Mark]) -> list[str]:
        """The lines that show the marks, one piece of source after the other."""
        lines: list[str] = []
        gutter = max((len(str(mark.location.line)) for mark in marks), default=1) + 2
        for section in _sections(marks):
            lines.extend(self._section(section, gutter))
        return lines

    def _section(self, section: _Section, gutter: int) -> list[str]:
        place = section.location
        if not place.line:
            return []
        lines = [f"  {visible(str(place))}"]
        source = self._source(place)
        at_line: dict[int, list[Mark]] = {}
        for mark in section.marks:
            at_line.setdefault(mark.location.line, []).append(mark)
        numbers = sorted(at_line)
        first = max(1, numbers[0] - max(mark.context for mark in section.marks))
        for number in range(first, min(numbers[-1], len(source)) + 1):
            for cut, marks in _cuts(source[number - 1], at_line.get(number, [])):
                lines.append(self._source_line(number, gutter, cut))
                lines.extend(self._underline(mark, cut, gutter) for mark in marks)
        return lines

    def _source(self, place: Location) -> list[str]:
        key = (place.origin, place.path)
        if key not in self._lines:
            text = self._texts.get(key, b"").decode("utf-8", "replace").removeprefix("\ufeff")
            self._lines[key] = _LINE_BREAK.split(text)
        return self._lines[key]

    def _source_line(self, number: int, gutter: int, cut: _Cut) -> str:
        shown = f"{_ELLIPSIS if cut.start else ''}{_shown(cut.text)}".rstrip() + (_ELLIPSIS if cut.more else "")
        bar = self._style.paint("faint", f"{number:>{gutter + 1}} |")
        return f"{bar} {shown}" if shown else bar

    def _underline(self, mark: Mark, cut: _Cut, gutter: int) -> str:
        place = mark.location
        start = place.column - 1 - cut.start
        end = place.end_column - 1 - cut.start if place.end_line == place.line else len(cut.text.rstrip())
        before = width(_shown(cut.text[:start])) + (len(_ELLIPSIS) if cut.start else 0)
        length = max(1, width(_shown(cut.text[start : max(end, start)])))
        sign = "^" if mark.primary else "~"
        role = "strong" if mark.primary else "blue"
        label = f" {visible(mark.label)}" if mark.label else ""
        painted = self._style.paint(role, sign * min(length, LONGEST_LINE) + label)
        return f"{self._style.paint('faint', ' ' * (gutter + 1) + ' |')} {' ' * before}{painted}"


def _shown(text: str) -> str:
    return visible(text.replace("\t", " "))


def _sections(marks: list[Mark]) -> list[_Section]:
    """Marks that follow each other closely in one file make one section."""
    sections: list[list[Mark]] = []
    for mark in marks:
        last = sections[-1][-1].location if sections else None
        place = mark.location
        if last and last[:2] == place[:2] and place.line and 0 <= place.line - last.line <= NEAR:
            sections[-1].append(mark)
        else:
            sections.append([mark])
    return [_Section(tuple(section)) for section in sections]


def _cuts(text: str, marks: list[Mark]) -> list[tuple[_Cut, list[Mark]]]:
    """The parts of a line that are shown, each with the marks under it: all of a short line; of a long one, what is around marks.

    Marks keep their order: one that starts outside the part before it begins another.
    """
    if len(text) <= LONGEST_LINE:
        return [(_Cut(0, text, more=False), marks)]
    if not marks:
        return [(_cut(text, 0), [])]
    cuts: list[tuple[_Cut, list[Mark]]] = []
    for mark in marks:
        column = min(mark.location.column - 1, len(text))
        if not cuts or not cuts[-1][0].start <= column <= cuts[-1][0].start + LONGEST_LINE - _ROOM:
            cuts.append((_cut(text, max(0, column - LONGEST_LINE // 3)), []))
        cuts[-1][1].append(mark)
    return cuts


def _cut(text: str, start: int) -> _Cut:
    end = start + LONGEST_LINE
    return _Cut(start, text[start:end], more=end < len(text))
