"""Forms of Python as short texts without places, and the first difference between two forms."""

import dataclasses
from typing import TypeAlias

from shipcheck.code.form import Block, Span, Template

# A way from the whole to a part: names of fields and positions in tuples.
Path: TypeAlias = tuple[str | int, ...]


def shown(value: object) -> str:
    """Show a part of a form: `Name('a')`, tuples in brackets, the statements of a block in braces."""
    if isinstance(value, Block):
        return "{" + "; ".join(map(shown, value.statements)) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, frozenset):
        return "|".join(sorted(value)) or "-"
    if not dataclasses.is_dataclass(value):
        return repr(value)
    fields = [shown(getattr(value, field.name)) for field in dataclasses.fields(value) if field.name != "span"]
    return f"{type(value).__name__}({', '.join(fields)})"


def difference(one: object, other: object) -> tuple[Path, str, str] | None:
    """Find the first difference between two parts of forms: where it is, and what is there in each of them.

    Places inside of a `Template` are not compared: before 3.12 `ast` counts the lines and columns of the expressions in an
    f-string from the string's own beginning, or not at all.
    """
    waiting: list[tuple[object, object, Path, bool]] = [(one, other, (), True)]
    while waiting:
        first, second, path, placed = waiting.pop()
        if type(first) is not type(second):
            return path, repr(first), repr(second)
        if placed and _span(first) != _span(second):
            return (*path, "span"), repr(_span(first)), repr(_span(second))
        ours, theirs = _parts(first), _parts(second)
        if len(ours) != len(theirs) or (not ours and not _same(first, second)):
            return path, repr(first), repr(second)
        inside = placed and not isinstance(first, Template)
        pairs = zip(ours, theirs, strict=True)
        waiting.extend(reversed([(mine, yours, (*path, name), inside) for (name, mine), (_, yours) in pairs]))
    return None


def _span(value: object) -> Span | None:
    return getattr(value, "span", None)


def _parts(value: object) -> list[tuple[str | int, object]]:
    if isinstance(value, Block):
        return list(enumerate(value.statements))
    if isinstance(value, tuple):
        return list(enumerate(value))
    if not dataclasses.is_dataclass(value):
        return []
    return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value) if field.name != "span"]


def _same(first: object, second: object) -> bool:
    """Say whether two plain values are one; a number that is none equals no other, but is the same."""
    return first == second or repr(first) == repr(second)
