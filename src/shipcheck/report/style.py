"""Colors, where they are asked for, and the lines that every text output begins with."""

from dataclasses import dataclass

from shipcheck.report.encode import visible

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
    """Paints text by what it is; without color it gives the text back. `columns` is the width to keep to, 0 for any."""

    color: bool
    columns: int = 0

    def paint(self, role: str, text: str) -> str:
        """The text in the color of its role: error, warning, note, problem, strong, faint, good or blue."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.color else text

    def head(self, role: str, word: str, text: str, code: str) -> str:
        """The first line of what is reported in full: `word: text    code`; text and code may be untrusted."""
        return f"{self.paint(role, word)}: {self.paint('strong', visible(text))}    {self.paint('faint', visible(code))}"

    def line(self, place: object, word: str, code: str, text: str) -> str:
        """What is reported on one line: `place: word code: text`, of which only `word`, a role, is trusted."""
        return f"{visible(str(place))}: {self.paint(word, word)} {visible(code)}: {visible(text)}"


PLAIN = Style(color=False)
