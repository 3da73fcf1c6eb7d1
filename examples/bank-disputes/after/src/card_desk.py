"""The card desk: a person who decides whether a card is blocked."""

from queue import Queue


class CardDesk:
    """Questions that wait for the duty officer."""

    def __init__(self, answers: dict[str, Queue[bool]]) -> None:
        """Take the queues that the desk's page puts answers into, by what was asked."""
        self._answers = answers

    def wait_for_answer(self, card: str) -> bool:
        """Whether the duty officer lets the card be blocked."""
        return self._answers[card].get()
