from theatre import tills


def agree(ticket):
    return True


if False:

    def old_limit(ticket):
        return ticket.price <= tills.limit()
