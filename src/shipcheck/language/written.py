"""Text of a policy with the way back from each of its characters to the file."""

from dataclasses import dataclass

from shipcheck.model.document import Document, Scalar
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar's text and the document it stands in."""

    document: Document
    scalar: Scalar

    @property
    def text(self) -> str:
        """The text as YAML gives it, folding and quoting undone."""
        return self.scalar.text

    def place(self, start: int = 0, end: int | None = None) -> Location:
        """Where the characters from `start` to `end` of the text stand in the file."""
        end = len(self.text) if end is None else end
        if start == 0 and end == len(self.text):
            return self.document.locate(self.scalar)
        places = self._places()
        line, column = places[min(start, len(places) - 1)]
        end_line, end_column = places[min(max(end - 1, start), len(places) - 1)]
        file = self.document.file
        return Location(file.origin, file.path, line, column, end_line, end_column + 1)

    def problem(self, code: str, message: str, start: int = 0, end: int | None = None) -> Problem:
        """A problem at those characters."""
        return Problem(self.place(start, end), code, message)

    def _places(self) -> list[tuple[int, int]]:
        """Line and column of each character: the text and its source are walked side by side.

        Folding turns a line break and the indent after it into one space, and quoting puts escapes in; so a character that is
        not the next one in the source is looked for further on.
        """
        lines = self.document.file.content.decode("utf-8").removeprefix("\ufeff").split("\n")
        line, column = self.scalar.line, self.scalar.column
        places: list[tuple[int, int]] = []
        for character in self.text:
            while line <= len(lines):
                source = lines[line - 1]
                if column > len(source):
                    if character.isspace():
                        break
                    line, column = line + 1, 1
                elif source[column - 1] == character:
                    break
                else:
                    column += 1
            places.append((line, column))
            column += 1
        return places or [(self.scalar.line, self.scalar.column)]
