"""Switching orders for the grid."""


class SwitchingOrder:
    """An order that waits for the engineer on shift."""

    def wait_for_engineer(self) -> bool:
        """Whether the engineer on shift lets the order through."""
        raise NotImplementedError
