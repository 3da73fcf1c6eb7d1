"""Bodies of the intermediate form, which are converted when they are first read, and what no front end knows."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from shipcheck.code.form import Expression, Statement

TOO_DEEP = "nested too deeply"
# With fewer frames around it, it is what is read that is nested too deeply, and not those that read it.
_SHALLOW = 250
# First line, first column, last line, column behind the end. Lines are 1-based, columns count bytes from 0.
Span: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Opaque:
    """What a front end does not know. `leaves` says which ways out it may take: return, raise, suspend."""

    what: str
    children: tuple["Expression | Statement", ...]
    leaves: frozenset[str]
    span: Span


def is_shallow() -> bool:
    """Whether few calls are around this one."""
    frame, count = inspect.currentframe(), 0
    while frame is not None and count < _SHALLOW:
        frame, count = frame.f_back, count + 1
    return frame is None


class Block:
    """The statements of a body, in order, converted when they are first read."""

    __slots__ = ("_convert", "_statements", "span")

    def __init__(self, convert: Callable[[], tuple["Statement", ...]], span: Span) -> None:
        self._convert: Callable[[], tuple[Statement, ...]] | None = convert
        self._statements: tuple[Statement, ...] = ()
        self.span = span

    @property
    def statements(self) -> tuple["Statement", ...]:
        """Its statements."""
        if self._convert is not None:
            try:
                self._statements = self._convert()
            except RecursionError:
                if not is_shallow():
                    raise
                self._statements = (Opaque(TOO_DEEP, (), frozenset({"return", "raise", "suspend"}), self.span),)
            self._convert = None
        return self._statements

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and self.statements == other.statements

    def __hash__(self) -> int:
        return hash(self.span)

    def __repr__(self) -> str:
        return f"Block({self.statements!r})"
