"""Colours, where they are asked for."""

from dataclasses import dataclass

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "problem": "1;35",
    "strong": "1",
    "faint": "2",
    "good": "1;32",
    "blue": "34",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text by what it is; without colour it gives the text back."""

    color: bool

    def paint(self, role: str, text: str) -> str:
        """The text in the colour of its role: error, warning, note, problem, strong, faint, good or blue."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.color else text
