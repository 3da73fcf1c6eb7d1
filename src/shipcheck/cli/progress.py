"""A progress bar on a terminal, when work is long; nothing on a pipe."""

import sys
import time
from types import TracebackType
from typing import Any, Self

import click

PATIENCE = 0.5


class Bar:
    """Shows one bar for each stage that is still going on when a person would wonder."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._started = time.monotonic()
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` steps of a stage are finished."""
        if not self._shown or time.monotonic() - self._started < PATIENCE:
            return
        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = click.progressbar(length=max(total, 1), label=f"{stage:>8}", file=sys.stderr)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
