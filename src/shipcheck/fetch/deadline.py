"""Work that others can hold up, ended after a time: a server that sends a byte a minute keeps nobody."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from shipcheck.errors import CannotJudgeError

_Result = TypeVar("_Result")


class _Work(Generic[_Result]):
    """Work in a thread, with what comes of it."""

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
    """What the work returns; where it takes longer it is left behind, and nothing waits for it at the end of the run.

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
        raise CannotJudgeError(f"it takes longer than {seconds:g} seconds")
    return task.results[0]
