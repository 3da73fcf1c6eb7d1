"""The payments desk: a person who decides whether a credit is paid out."""


class PaymentsDesk:
    """Credits that wait for a supervisor."""

    def wait_for_supervisor(self, credit: str) -> bool:
        """Whether a supervisor lets the credit be paid out."""
        raise NotImplementedError(credit)
