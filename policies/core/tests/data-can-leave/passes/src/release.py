"""Release of mails."""

from bank import Mail, relay


def release(mail: Mail) -> bool:
    """Whether the sender may write to the recipient."""
    return mail.recipient in relay.allowed(mail.sender)
