"""Ends work that others can delay after a time, so that a server that sends a byte a minute cannot block a run."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from shipcheck.errors import CannotJudgeError

_Result = TypeVar("_Result")


class _Work(Generic[_Result]):
    """Work in a thread, with its result or error."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self.results: list[_Result] = []
        self.error: BaseException | None = None

    def __call__(self) -> None:
        try:
            self.results.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self.error = error


def within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """The result of the work; if it takes longer, it is abandoned, and the run does not wait for it at its end.

    Raises:
        CannotJudgeError: it takes longer.
    """
    task = _Work(work)
    thread = Thread(target=task, daemon=True)
    thread.start()
    thread.join(seconds)
    if task.error is not None:
        raise task.error
    if not task.results:
        raise CannotJudgeError(f"timed out after {seconds:g} seconds")
    return task.results[0]
