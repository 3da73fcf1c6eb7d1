from limits import refund_limit


def test_limit(ticket):
    assert refund_limit(ticket)
