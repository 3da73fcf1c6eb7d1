"""The code that a world of the tests speaks of."""


class Desk:
    """A gate."""

    def ask(self) -> bool:
        """Whether somebody agrees."""
        return False
