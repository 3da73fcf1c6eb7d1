"""The picture and the tables of rooms in docs/architecture.md, from the import contracts and the docstrings of the rooms.

A room is a package or module of `shipcheck`. Its floor is its layer in the first contract of pyproject.toml, and the first line
of its docstring says what it does. The docstring of a package also names where to start, as "Start: `module.name`", and for one
that a check passes "Step 4 of a check".
"""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/shipcheck"
PAGE = ROOT / "docs/architecture.md"
PICTURE = ROOT / "docs/architecture.svg"
_START = re.compile(r"Start:\s+`([\w.]+)`")
_STEP = re.compile(r"Step\s+(\d+)\s+of\s+a\s+check")
# Sizes in pixels, the rooms beside each other at most, and the width of a letter on average.
_WIDTH, _EDGE, _GAP, _LINE, _HEAD, _COLUMNS = 1180, 28, 10, 16, 34, 5
_LETTER = 6.9


@dataclass(frozen=True)
class Room:
    """One package or module. `step` is its place on the path of a check, 0 if it is not on it."""

    name: str
    about: str
    start: str
    step: int


def floors() -> list[list[Room]]:
    """The rooms of each floor, from the top.

    Raises:
        LookupError: a docstring lacks something, or the steps of a check are not numbered one after the other.
    """
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["shipcheck"])
    found = [[_room(name.strip()) for name in layer.split("|")] for layer in layers]
    steps = sorted(room.step for floor in found for room in floor if room.step)
    if steps != list(range(1, len(steps) + 1)):
        raise LookupError(f"the steps of a check are numbered {steps}")
    return found


def _room(name: str) -> Room:
    folder = PACKAGE / name
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    step = _STEP.search(text)
    about = text.partition("\n")[0].rstrip(".")
    return Room(name, about, _start(folder, text) if folder.is_dir() else f"{name}.py", int(step[1]) if step else 0)


def _start(folder: Path, text: str) -> str:
    found = _START.search(text)
    module, _, name = found[1].rpartition(".") if found else ("", "", "")
    path = folder / f"{module.replace('.', '/')}.py"
    if not path.is_file() or not re.search(rf"^(?:def |class )?{name}\b", path.read_text("utf-8"), re.MULTILINE):
        raise LookupError(f"the docstring of {folder.name} does not name an existing place to start")
    return f"{path.relative_to(PACKAGE).as_posix()}: {name}"


def path_table() -> str:
    """The rooms that a check passes, in order."""
    rooms = sorted((room for floor in floors() for room in floor if room.step), key=lambda room: room.step)
    return _table((f"{room.step}. `{room.name}`", room) for room in rooms)


def others_table() -> str:
    """The rooms that a check does not pass, or that all steps share, from the top floor down."""
    return _table((f"`{room.name}`", room) for floor in floors() for room in floor if not room.step)


def _table(rooms: Iterable[tuple[str, Room]]) -> str:
    rows = [f"| {name} | {room.about} | `{room.start}` |" for name, room in rooms]
    return "\n".join(["| room | what it does | start reading |", "|---|---|---|", *rows]) + "\n"


def picture() -> str:
    """The floors as an SVG image."""
    drawn: list[str] = []
    top = _GAP
    for number, floor in enumerate(floors()):
        if number:
            drawn.append(f'<path d="M{_WIDTH / 2 - 7:.0f} {top - 14} h14 l-7 8 z" fill="#8a8a8a"/>')
        rows = [floor[start : start + _COLUMNS] for start in range(0, len(floor), _COLUMNS)]
        heights = [max(len(_wrapped(room, _box_width(row))) for room in row) * _LINE + _HEAD for row in rows]
        height = sum(heights) + _GAP * (len(rows) + 1)
        drawn.append(_rectangle((_EDGE - _GAP, top, _WIDTH - 2 * (_EDGE - _GAP), height), "#fafafa", "#dddddd"))
        place = top + _GAP
        for row, size in zip(rows, heights, strict=True):
            drawn.extend(_row(row, place, size))
            place += size + _GAP
        top += height + 2 * _GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top - _GAP}" font-family="sans-serif">'
    title = "<title>The rooms of shipcheck: imports point down, and rooms on one floor never import each other</title>"
    paper = f'<rect width="{_WIDTH}" height="{top - _GAP}" fill="#ffffff"/>'
    return "\n".join([head, title, paper, *drawn, "</svg>"]) + "\n"


def _row(row: list[Room], top: int, height: int) -> Iterator[str]:
    width = _box_width(row)
    for place, room in enumerate(row):
        yield from _box(room, _EDGE + round(place * (width + _GAP)), top, (round(width), height))


def _box(room: Room, left: int, top: int, size: tuple[int, int]) -> Iterator[str]:
    """A room; one that a check passes is colored, and has the number of its step."""
    fill, line = ("#e8f1fb", "#3b78b5") if room.step else ("#f0f0f0", "#b0b0b0")
    yield _rectangle((left, top, *size), fill, line)
    yield f'<text x="{left + 10}" y="{top + 20}" font-size="14" font-weight="bold" fill="#1a1a1a">{room.name}</text>'
    if room.step:
        middle = left + size[0] - 16
        yield f'<circle cx="{middle}" cy="{top + 15}" r="10" fill="{line}"/>'
        white = 'font-size="11" font-weight="bold" fill="#ffffff" text-anchor="middle"'
        yield f'<text x="{middle}" y="{top + 19}" {white}>{room.step}</text>'
    for number, text in enumerate(_wrapped(room, size[0])):
        yield f'<text x="{left + 10}" y="{top + 39 + number * _LINE}" font-size="12" fill="#444444">{escape(text)}</text>'


def _rectangle(place: tuple[int, int, int, int], fill: str, line: str) -> str:
    left, top, width, height = place
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="6" fill="{fill}" stroke="{line}"/>'


def _box_width(row: list[Room]) -> float:
    return (_WIDTH - 2 * _EDGE - (len(row) - 1) * _GAP) / len(row)


def _wrapped(room: Room, width: float) -> list[str]:
    return textwrap.wrap(room.about.replace("`", ""), int((width - 20) / _LETTER))
