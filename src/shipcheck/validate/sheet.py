"""The collected problems of one document."""

from collections.abc import Container

from shipcheck.model.document import Document, Mapping, Node, Scalar
from shipcheck.model.problem import MAX_PROBLEMS, Problem

_LONGEST_SHOWN = 60


class SheetFullError(Exception):
    """The document has so many problems that listing more does not help."""


class Sheet:
    """The problems of one document, in the order found; `field` is the key whose value is being checked."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.field = ""
        self._lines: list[str] = []

    def complain(self, node: Node, code: str, message: str, first: Node | None = None) -> None:
        """Add a problem at `node`; `first` is the other place involved, if any.

        Raises:
            SheetFullError: the file has more problems than are listed.
        """
        place = self.document.locate(node)
        if len(self.problems) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems in this file; fix these first"
            self.problems.append(Problem(place, "too-many-problems", message))
            raise SheetFullError
        related = ((self.document.locate(first), "first given here"),) if first else ()
        self.problems.append(Problem(place, code, message, related))

    def complain_missing(self, node: Node, wanted: str, value: str = "") -> None:
        """Report a key without a value; `value` is one that is written down here as a comment, as it has to be quoted."""
        field = f" of '{self.field}'" if self.field else ""
        if value:
            message = f"missing value{field}, because ' #' starts a comment; quote it: {value}"
        elif self.comment_at(node):
            message = f"missing value{field}, because ' #' starts a comment; write {wanted}"
        else:
            message = f"missing value{field}; write {wanted}, or remove the field"
        self.complain(node, "missing-value", message)

    def comment_at(self, node: Node) -> str:
        """The comment behind a missing value that was perhaps meant as the value, such as `#channel`; else empty."""
        if not self._lines:
            text = self.document.file.content.decode("utf-8", "replace").removeprefix("\ufeff")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest = self._lines[node.line - 1][node.column - 1 :].strip() if node.line <= len(self._lines) else ""
        return rest if rest.startswith("#") and rest[1:2] not in {"", " ", "#"} else ""


def described(node: Node) -> str:
    """What the node is, for messages."""
    if isinstance(node, Scalar):
        if node.plain and not node.text:
            return "nothing"
        return f"'{node.text}'" if len(node.text) <= 40 else f"'{node.text[:37]}...'"
    return "a map" if isinstance(node, Mapping) else "a list"


def spaced(text: str, known: Container[str]) -> str:
    """`owner:team` as `owner: team`, if what is before the colon is a known key; else empty."""
    key, colon, value = text.partition(":")
    return f"{key}: {value.strip()}" if colon and value and key in known and len(text) <= _LONGEST_SHOWN else ""
