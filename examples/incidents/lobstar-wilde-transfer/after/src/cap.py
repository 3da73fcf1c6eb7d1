"""A cap on what the agent can transfer."""

from decimal import Decimal

MOST = Decimal(500)
MOST_PER_DAY = 5


class Refused(Exception):
    """The transfer is above the cap."""


def under_cap(transfer, prices, ledger):
    """Raise Refused if the transfer is worth more than 500 dollars at today's price, or is the sixth of the day."""
    worth = Decimal(transfer.units) / (Decimal(10) ** transfer.decimals) * prices.of(transfer.token)
    if worth > MOST:
        raise Refused(f"{worth} is more than {MOST}")
    if ledger.count_today() >= MOST_PER_DAY:
        raise Refused("no more transfers today")
