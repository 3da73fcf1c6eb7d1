"""Tests of the quota."""

from seeds import outbox


def test_quota() -> None:
    """A mail a day is sent."""
    outbox.check(1)
