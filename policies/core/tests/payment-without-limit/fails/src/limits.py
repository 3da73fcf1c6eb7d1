from theatre import tills


def refund_limit(ticket):
    return tills.paid_today() < 40 and ticket.price <= 120


if False:

    def old_limit(ticket):
        return ticket.price <= tills.limit()


def agree(ticket):
    return True
