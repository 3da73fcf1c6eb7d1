"""Limits of the box office."""

from theatre import Ticket, tills


def refund_limit(ticket: Ticket) -> bool:
    """Whether a ticket may be refunded."""
    return tills.paid_today() < 40 and ticket.price <= 120
