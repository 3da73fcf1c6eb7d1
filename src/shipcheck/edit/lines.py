"""A text as lines, each with its line end."""

import re
from collections.abc import Collection, Mapping, Sequence

_END = re.compile("(\r\n|\r|\n)")


class Lines:
    """The lines of a text, counted from 1."""

    def __init__(self, text: str) -> None:
        pieces = _END.split(text)
        self._lines = list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
        if len(self._lines) > 1 and not self._lines[-1][0]:
            self._lines.pop()
        self._end = next((end for _, end in self._lines if end), "\n")

    def line(self, number: int) -> str:
        """A line without its end; empty if there is none."""
        return self._lines[number - 1][0] if 0 < number <= len(self._lines) else ""

    def edited(self, removed: Collection[int], inserted: Mapping[int, Sequence[str]]) -> str:
        """The text without some lines, and with others after the lines of these numbers; every other byte is unchanged.

        New lines end like the first one, and a text whose last line has no end still has none.
        """
        kept: list[tuple[str, str]] = []
        for number, (line, end) in enumerate(self._lines, 1):
            if number not in removed:
                kept.append((line, end or self._end))
            kept += [(new, self._end) for new in inserted.get(number, ())]
        if kept and not self._lines[-1][1]:
            kept[-1] = (kept[-1][0], "")
        return "".join(f"{line}{end}" for line, end in kept)
