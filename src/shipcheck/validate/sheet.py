"""The collected problems of one document."""

from shipcheck.model.document import Document, Mapping, Node, Scalar
from shipcheck.model.problem import MAX_PROBLEMS, Problem


class SheetFullError(Exception):
    """The document has so many problems that listing more does not help."""


class Sheet:
    """The problems of one document, in the order found."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

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


def described(node: Node) -> str:
    """What the node is, for messages."""
    if isinstance(node, Scalar):
        if node.plain and not node.text:
            return "nothing"
        return f"'{node.text}'" if len(node.text) <= 40 else f"'{node.text[:37]}...'"
    return "a map" if isinstance(node, Mapping) else "a list"
