"""The payments desk: a person who decides whether a credit is paid out."""

from queue import Queue


class PaymentsDesk:
    """Credits that wait for a supervisor."""

    def __init__(self, answers: dict[str, Queue[bool]]) -> None:
        """Take the queues that the desk's page puts answers into, by what was asked."""
        self._answers = answers

    def wait_for_supervisor(self, credit: str) -> bool:
        """Whether a supervisor lets the credit be paid out."""
        return self._answers[credit].get()
