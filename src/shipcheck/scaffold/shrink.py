"""A draft reduced until nothing more can be removed without a change of its result."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from shipcheck.scaffold.draft import Draft

Path = tuple[str | int, ...]


def shrunk(draft: Draft, holds: Callable[[Draft], bool]) -> Draft:
    """The draft without every component, field and list item that `holds` does not need."""
    again = True
    while again:
        again = False
        for smaller in _smaller(draft):
            if holds(smaller):
                draft = smaller
                again = True
                break
    return draft


def _smaller(draft: Draft) -> Iterator[Draft]:
    """Every draft with one thing less, the largest first."""
    for path in sorted(_places(draft.components, ()), key=len):
        components = copy.deepcopy(draft.components)
        holder: Any = components
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        if len(path) == 1:
            _forget(components, str(path[0]).partition(":")[2])
        yield Draft(components)


def _places(value: Any, path: Path) -> Iterator[Path]:
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _places(value[key], (*path, key))


def _forget(value: Any, name: str) -> None:
    """Take a name out of every list and field that mentions it."""
    if isinstance(value, dict):
        for key in [key for key, inner in value.items() if inner == name]:
            del value[key]
        for inner in value.values():
            _forget(inner, name)
    elif isinstance(value, list):
        value[:] = [item for item in value if item != name]
        for item in value:
            _forget(item, name)
