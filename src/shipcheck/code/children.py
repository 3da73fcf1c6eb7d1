"""The parts of a node of the form, in the order in which they are evaluated."""

from collections.abc import Iterator
from typing import Any

from shipcheck.code import form
from shipcheck.code.form import Block

_NAMES = frozenset(
    kind.__name__ for kind in vars(form).values() if isinstance(kind, type) and kind.__module__.startswith("shipcheck.code.")
)
_HOLDS = _NAMES | {"Expression", "Statement"}


_LEAVES = (form.Name, form.Constant, form.Load)


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a node that may hold nodes, by their types."""
    return tuple(name for name, hint in getattr(kind, "__annotations__", {}).items() if not _HOLDS.isdisjoint(_words(str(hint))))


_FIELDS = {kind: _fields(kind) for kind in vars(form).values() if isinstance(kind, type)}


def children(node: Any) -> Iterator[Any]:
    """Every node directly below one, blocks included but not opened."""
    for name in _FIELDS.get(type(node), ()):
        value = getattr(node, name)
        if value is None or isinstance(value, str):
            continue
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def expressions_in(node: Any) -> Iterator[Any]:
    """A node and every node below it, without what blocks hold: the bodies of functions, classes and statements."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if not isinstance(current, _LEAVES):
            pending.extend(reversed([child for child in children(current) if not isinstance(child, Block)]))
