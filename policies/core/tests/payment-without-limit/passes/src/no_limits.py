"""What limits nothing."""

from theatre import Ticket, tills


def agree(_ticket: Ticket) -> bool:
    """Agree to everything."""
    return True


if False:

    def old_limit(ticket: Ticket) -> bool:
        """Whether a ticket could be refunded."""
        return ticket.price <= tills.limit()
