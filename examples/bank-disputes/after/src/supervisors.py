"""People who decide about what leaves the bank or is booked."""

from queue import Queue


def wait_for_letters_desk(letter: str, answers: dict[str, Queue[bool]]) -> bool:
    """Whether the letters desk lets the letter go out."""
    return answers[letter].get()


def wait_for_closing_supervisor(posting: str, answers: dict[str, Queue[bool]]) -> bool:
    """Whether a supervisor lets the posting be booked."""
    return answers[posting].get()
