"""Quotas of the mailbox."""

from seeds import outbox


def mail_quota() -> bool:
    """Whether one more mail may be sent today."""
    return outbox.sent_today() < 50
