"""The code of the world."""


class Meters:
    """Meters with a valve."""

    def shut(self) -> str:
        """Shut the valve."""
        return "shut"
