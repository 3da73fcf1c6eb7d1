"""Values that were collected and not declared."""


class FactText(str):
    """A text that a fact gives; findings that show what a record declares leave it out."""

    __slots__ = ()
