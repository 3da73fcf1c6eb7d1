"""Parts of a scalar, each with its own place."""

from shipcheck.language.syntax.source_text import Written
from shipcheck.model.document import Scalar


def pieces(written: Written) -> list[Written]:
    """The parts between commas."""
    found = []
    offset = 0
    for part in written.text.split(","):
        start = offset + len(part) - len(part.lstrip())
        found.append(piece(written, start, start + len(part.strip())))
        offset += len(part) + 1
    return found


def piece(written: Written, start: int, end: int) -> Written:
    """The characters from `start` to `end`."""
    place = written.place(start, max(end, start + 1))
    text = written.text[start:end]
    return Written(written.document, Scalar(text, True, place.line, place.column, place.end_line, place.end_column))  # noqa: FBT003 - read as plain text
