from theatre import tills


def refund_limit(ticket):
    return tills.paid_today() < 40 and ticket.price <= 120
