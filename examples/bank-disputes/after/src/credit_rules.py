"""Which claims no card scheme pays, whoever looks at them."""

LONGEST_WAIT_IN_DAYS = 540


def no_scheme_pays(days_since_payment: int) -> bool:
    """Whether a claim comes too late for every scheme, so that it is turned down at once."""
    return days_since_payment > LONGEST_WAIT_IN_DAYS
