"""TOML in the shape of YAML, with the line of every key that is written at the start of one.

The standard library reads the values; the lines are searched for in the text. A key inside braces has the place of what holds it.
"""

import re
import tomllib
from typing import TypeAlias

from shipcheck.discover.read_json import MAX_DEPTH, UnreadableError
from shipcheck.model.document import Mapping, Node, Scalar, Sequence

# The parser takes quadratic time for some texts; hand-written files have a tenth of this.
MAX_CHARACTERS = 20_000
_KEY = re.compile(r"""[ \t]*+(?:"([^"\r\n]*+)"|'([^'\r\n]*+)'|([A-Za-z0-9_-]++))[ \t]*+""")
_FENCES = ('"""', "'''")
_Path: TypeAlias = tuple[str | int, ...]
_Spot: TypeAlias = tuple[int, int]
_Name: TypeAlias = tuple[str, int]
_Value: TypeAlias = "dict[str, _Value] | list[_Value] | object"


def read_toml(text: str) -> Node:
    """The map that a text holds.

    Raises:
        UnreadableError: it is not TOML, has more than 20,000 characters, or a key of more than 64 names.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"larger than {MAX_CHARACTERS:,} characters")
    spots = _spots(text)
    try:
        return _node(tomllib.loads(text), (), spots, (1, 1))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"invalid TOML: {error}") from None
    except RecursionError:
        raise UnreadableError("nesting is too deep") from None


def _node(value: _Value, path: _Path, spots: dict[_Path, _Spot], around: _Spot) -> Node:
    spot = spots.get(path, around)
    place = (*spot, *spot)
    if isinstance(value, dict):
        return Mapping(tuple(_entry(key, item, (*path, key), spots, spot) for key, item in value.items()), *place)
    if isinstance(value, list):
        return Sequence(tuple(_node(item, (*path, at), spots, spot) for at, item in enumerate(value)), *place)
    if isinstance(value, bool | int | float):
        return Scalar(str(value).lower(), True, *place)  # noqa: FBT003 - a plain scalar
    return Scalar(str(value), False, *place)  # noqa: FBT003 - a quoted scalar


def _entry(key: str, value: _Value, path: _Path, spots: dict[_Path, _Spot], around: _Spot) -> tuple[Scalar, Node]:
    line, column = spots.get(path, around)
    return Scalar(key, False, line, column, line, column + len(key)), _node(value, path, spots, around)  # noqa: FBT003


def _spots(text: str) -> dict[_Path, _Spot]:
    """The line and column of each key and of each name of a table, by their paths."""
    spots: dict[_Path, _Spot] = {}
    counts: dict[_Path, int] = {}
    table: _Path = ()
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        start = line.lstrip()
        if start.startswith("["):
            many = start.startswith("[[")
            names = _dotted(line, len(line) - len(start) + 1 + many)
            if many:
                _count(names, counts)
            table = _noted(spots, counts, (), names, number)
        elif start and not start.startswith("#") and "=" in line:
            _noted(spots, {}, table, _dotted(line, 0), number)
        fence = next((each for each in _FENCES if line.count(each) % 2), "")
    return spots


def _noted(spots: dict[_Path, _Spot], counts: dict[_Path, int], path: _Path, names: list[_Name], line: int) -> _Path:
    """Remember where each name below a path is first written; return the path of the last one, in the latest table of a list."""
    for name, column in names:
        path = (*path, name)
        spots.setdefault(path, (line, column))
        if path in counts:
            path = (*path, counts[path])
            spots.setdefault(path, (line, column))
    return path


def _count(names: list[_Name], counts: dict[_Path, int]) -> None:
    """Count one more table in the list that a header names."""
    path: _Path = ()
    for name, _ in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path]) if path in counts else path
    path = (*path, *(name for name, _ in names[-1:]))
    counts[path] = counts.get(path, -1) + 1


def _dotted(line: str, start: int) -> list[_Name]:
    """The names of a dotted key, each with its column."""
    names: list[_Name] = []
    at = start
    while match := _KEY.match(line, at):
        group = next(index for index in (1, 2, 3) if match.group(index) is not None)
        names.append((match.group(group), match.start(group) + 1))
        if len(names) > MAX_DEPTH:
            raise UnreadableError("nesting is too deep")
        if line[match.end() : match.end() + 1] != ".":
            break
        at = match.end() + 1
    return names
