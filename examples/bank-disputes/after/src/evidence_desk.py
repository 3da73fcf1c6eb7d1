"""The evidence desk: a person who reads what a merchant gets to see."""

from queue import Queue


class EvidenceDesk:
    """Requests that wait for a reader."""

    def __init__(self, answers: dict[str, Queue[str]]) -> None:
        """Take the queues that the desk's page puts answers into, by what was asked."""
        self._answers = answers

    def wait_for_reader(self, request: str) -> str:
        """The request as the reader lets it go out."""
        return self._answers[request].get()
