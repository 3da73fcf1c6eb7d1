"""The CI setup of a repository: the audits of the files of its CI services and hooks, and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from shipcheck.errors import ExitCode
from shipcheck.model.document import File, Node, Scalar
from shipcheck.model.location import Location, Texts

# outside: the answer is not in any file of the repository; not_applicable: there is nothing to audit, which is not a problem.
Outcome = Literal["pass", "finding", "not_judged", "outside", "not_applicable"]


class Audit(NamedTuple):
    """One question about the CI setup of a repository: `asks` is the question, `why` what goes wrong if the answer is no."""

    id: str
    asks: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one audit; `fix` says what to write, or for `outside` where to look."""

    audit: str
    outcome: Outcome
    text: str
    location: Location | None = None
    fix: str = ""


@lru_cache(maxsize=4)
def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")


@dataclass(frozen=True, slots=True)
class Wire:
    """A file of a CI service or a hook runner as that reads it: anchors, aliases and merge keys are expanded.

    A node from an alias has the place where it is first written. `tags` holds the tags by the line and column of their nodes.
    """

    file: File
    roots: tuple[Node, ...]
    tags: Mapping[tuple[int, int], str]

    def locate(self, node: Node) -> Location:
        """The place of a node in the file."""
        return Location(self.file.origin, self.file.path, node.line, node.column, node.end_line, node.end_column)

    def within(self, node: Node, text: str) -> Location:
        """The first place of a text in a node, which may have several lines; the place of the node if it is not found."""
        lines = _lines(self.file.content)
        for number in range(node.line, min(node.end_line, len(lines)) + 1):
            at = lines[number - 1].find(text, node.column - 1 if number == node.line else 0)
            if text and at >= 0:
                return Location(self.file.origin, self.file.path, number, at + 1, number, at + 1 + len(text))
        return self.locate(node)

    def is_tagged(self, node: Node) -> bool:
        """Whether the service reads a node as something else than what is written."""
        return (node.line, node.column) in self.tags


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """Everything that `shipcheck doctor` prints; `texts` is as in the report of a check, `files` are those that were read."""

    version: str
    source: str
    revision: str
    root: str
    files: tuple[str, ...]
    answers: tuple[Answer, ...]
    texts: Texts

    @property
    def verdict(self) -> Literal["pass", "fail", "incomplete"]:
        """Findings take precedence; a file that cannot be read, and a repository in which nothing was judged, never pass."""
        outcomes = {answer.outcome for answer in self.answers}
        if "finding" in outcomes:
            return "fail"
        return "pass" if "pass" in outcomes and "not_judged" not in outcomes else "incomplete"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        return {"pass": ExitCode.PASS, "fail": ExitCode.FAIL, "incomplete": ExitCode.NOT_JUDGED}[self.verdict]


def text_of(node: Node | None) -> str:
    """The text of a scalar; empty for any other node."""
    return node.text if isinstance(node, Scalar) else ""
