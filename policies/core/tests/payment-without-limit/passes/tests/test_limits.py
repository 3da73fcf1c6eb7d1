"""Tests of the limits."""

from theatre import Ticket, limits


def test_limit() -> None:
    """A cheap ticket is refunded."""
    limits.check(Ticket(price=20))
