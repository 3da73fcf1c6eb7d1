"""What limits no mail."""

from seeds import outbox


def agree() -> bool:
    """Agree to every mail."""
    return True


if False:

    def old_quota() -> bool:
        """Whether one more mail could be sent."""
        return outbox.sent_today() < 50
