"""Characters of a text, and what is written around them, for messages."""

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a text, by its 0-based line and column; at the end of a line there is none."""

    lines: Sequence[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The whole line."""
        return self.lines[self.line]

    @property
    def before(self) -> str:
        """The line up to the character."""
        return self.text[: self.column]

    @property
    def after(self) -> str:
        """The line from the character on."""
        return self.text[self.column :]

    @property
    def indent(self) -> int:
        """How far the line is indented."""
        return len(self.text) - len(self.text.lstrip(" "))

    def at(self, column: int) -> "Spot":
        """Another character of the line."""
        return Spot(self.lines, self.line, column)

    def above(self) -> "Spot | None":
        """The first character of the nearest line above that is neither blank nor a comment."""
        for number in range(self.line - 1, -1, -1):
            text = self.lines[number].strip()
            if text and not text.startswith("#"):
                return Spot(self.lines, number, len(self.lines[number]) - len(self.lines[number].lstrip()))
        return None


def plain_value(spot: Spot) -> str:
    """The plain value that starts here, as far as the line tells."""
    opened = sum(spot.before.count(sign) for sign in "[{") - sum(spot.before.count(sign) for sign in "]}")
    value = uncommented(spot.after).partition(": ")[0]
    if opened > 0 or value.endswith(","):
        value = up_to(",]}", value)
    return value.removesuffix(":").strip()


def up_to(ends: str, text: str) -> str:
    """The text before the first of these characters."""
    for sign in ends:
        text = text.partition(sign)[0]
    return text.strip()


def uncommented(text: str) -> str:
    """The text without a comment."""
    return text.partition(" #")[0].strip()


def quote_it(value: str) -> str:
    """The advice to quote a value, with the value as it has to be written, unless that is too long to show."""
    if not value or len(value) > _LONGEST_SHOWN:
        return "quote it"
    single = '"' in value or "\\" in value
    return "quote it: " + ("'" + value.replace("'", "''") + "'" if single else f'"{value}"')


def shown(text: str) -> str:
    """The text in quotes, shortened if it is long."""
    text = text.strip()
    return f"'{text}'" if len(text) <= _LONGEST_SHOWN else f"'{text[: _LONGEST_SHOWN - 3]}...'"
