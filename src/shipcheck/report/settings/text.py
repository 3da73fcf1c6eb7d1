"""Every value that holds in a repository, for people and for programs."""

from collections.abc import Sequence
from typing import Protocol

from shipcheck.report.encode import as_json, visible


class Shown(Protocol):
    """A value that holds, and where it comes from."""

    @property
    def key(self) -> str:
        """What it is a value of."""

    @property
    def value(self) -> str:
        """The value."""

    @property
    def origin(self) -> str:
        """Where it comes from."""


def render_settings(values: Sequence[Shown], *, origin: bool) -> str:
    """One line a value, with its origin where that is asked for."""
    width = max((len(item.key) for item in values), default=0)
    lines = [
        f"{item.key.ljust(width)}  {visible(item.value)}" + (f"    {visible(item.origin)}" if origin else "") for item in values
    ]
    return "\n".join(lines) + "\n"


def render_settings_json(values: Sequence[Shown]) -> str:
    """The same as a list of objects."""
    return as_json([{"key": item.key, "value": item.value, "origin": item.origin} for item in values])
