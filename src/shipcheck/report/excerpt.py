"""Source lines with marks under them."""

import re
from dataclasses import dataclass

from shipcheck.model.location import Location, Texts
from shipcheck.report.encode import visible, width
from shipcheck.report.style import Style

LONGEST_LINE = 140
NEAR = 3
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
            text = source[number - 1]
            here = at_line.get(number, [])
            shift = _shift(text, here)
            lines.append(self._source_line(number, gutter, _window(text, shift)))
            lines.extend(self._underline(mark, text, gutter, shift) for mark in here)
        return lines

    def _source(self, place: Location) -> list[str]:
        key = (place.origin, place.path)
        if key not in self._lines:
            text = self._texts.get(key, b"").decode("utf-8", "replace").removeprefix("\ufeff")
            self._lines[key] = _LINE_BREAK.split(text)
        return self._lines[key]

    def _source_line(self, number: int, gutter: int, text: str) -> str:
        shown = visible(text.replace("\t", " ")).rstrip()
        bar = self._style.paint("faint", f"{number:>{gutter + 1}} |")
        return f"{bar} {shown}" if shown else bar

    def _underline(self, mark: Mark, text: str, gutter: int, shift: int) -> str:
        start = mark.location.column - 1
        end = mark.location.end_column - 1 if mark.location.end_line == mark.location.line else len(text.rstrip())
        before = width(visible(text[shift:start].replace("\t", " ")))
        length = max(1, width(visible(text[start:end].replace("\t", " "))))
        sign = "^" if mark.primary else "~"
        role = "strong" if mark.primary else "blue"
        label = f" {visible(mark.label)}" if mark.label else ""
        lead = 1 if shift else 0
        painted = self._style.paint(role, sign * min(length, LONGEST_LINE) + label)
        return f"{self._style.paint('faint', ' ' * (gutter + 1) + ' |')} {' ' * (before + lead)}{painted}"


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


def _shift(text: str, marks: list[Mark]) -> int:
    """How many characters of a long line to leave out at its start, so that the first mark is seen."""
    if len(text) <= LONGEST_LINE or not marks:
        return 0
    first = min(mark.location.column for mark in marks) - 1
    return max(0, first - LONGEST_LINE // 3)


def _window(text: str, shift: int) -> str:
    if not shift and len(text) <= LONGEST_LINE:
        return text
    end = shift + LONGEST_LINE
    return ("…" if shift else "") + text[shift:end] + ("…" if end < len(text) else "")
