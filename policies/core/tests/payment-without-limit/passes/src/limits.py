from theatre import tills

LIMITS = {}


def refund_limit(ticket):
    return tills.paid_today() < 40 and ticket.price <= 120


def agree(ticket):
    return True
