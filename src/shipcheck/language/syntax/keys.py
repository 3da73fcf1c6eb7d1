"""Reads the keys of one map of a pack file, with a problem for each that is missing, wrong or unknown."""

import re
import unicodedata

from shipcheck.english import did_you_mean, listed
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence
from shipcheck.model.problem import MAX_PROBLEMS, Problem

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
MAX_LENGTH = 4000
NAME = re.compile(r"[a-z][a-z0-9_]*")
# No language writes a word with letters of one of these scripts and of another; forged names do.
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
_WORD = re.compile(r"\w+")


class TooManyProblemsError(Exception):
    """A pack has so many problems that listing more does not help."""


class ProblemList(list[Problem]):
    """The problems of one pack, in the order found."""

    def append(self, problem: Problem) -> None:
        """Add a problem.

        Raises:
            TooManyProblemsError: the list is full.
        """
        if len(self) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems in this pack; fix these first"
            super().append(Problem(problem.location, "too-many-problems", message))
            raise TooManyProblemsError
        super().append(problem)


class Keys:
    """One map and the list that collects its problems."""

    def __init__(self, document: Document, node: Node, what: str, problems: list[Problem]) -> None:
        self.document = document
        self.what = what
        self.problems = problems
        self.node = node
        self._map = node if isinstance(node, Mapping) else Mapping((), node.line, node.column, node.end_line, node.end_column)
        if not isinstance(node, Mapping):
            self.report(node, "P001", f"{what} must be a map")

    def report(self, node: Node, code: str, message: str) -> None:
        """Add a problem with the P-code `code` at `node`."""
        self.problems.append(Problem(self.document.locate(node), code, message))

    def allow(self, names: tuple[str, ...]) -> None:
        """Report every key that is not one of these."""
        for key, _ in self._map.entries:
            if key.text not in names:
                hint = did_you_mean(key.text, names) or f"; the keys are {listed(names, 'and')}"
                self.report(key, "P001", f"unknown key '{key.text}' in {self.what}{hint}")

    def has(self, name: str) -> bool:
        """Whether the key is present."""
        return self._map.find(name) is not None

    def present(self, names: tuple[str, ...]) -> list[str]:
        """The keys among these that are present."""
        return [name for name in names if self.has(name)]

    def get(self, name: str) -> Node | None:
        """The value under a key, or None."""
        entry = self._map.find(name)
        return entry[1] if entry else None

    def pairs(self) -> tuple[tuple[Scalar, Node], ...]:
        """Every key with its value, in the order written."""
        return self._map.entries

    def text(self, name: str, *, required: bool = False) -> str:
        """Text under a key; empty if it is missing, which is reported if it is required."""
        source = self.source(name)
        if source is None:
            if required and not self.has(name):
                self.report(self.node, "P001", f"{self.what} has no {name}; add one")
            return ""
        return " ".join(source.text.split())

    def source(self, name: str) -> SourceText | None:
        """The scalar under a key, ready for parsing."""
        node = self.get(name)
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.text.strip():
            self.report(node, "P001", f"'{name}' must be a text")
        elif len(node.text) > MAX_LENGTH:
            self.report(node, "P001", f"{name} is longer than {MAX_LENGTH} characters; shorten it, or split the policy")
        elif self._is_honest(node):
            return SourceText(self.document, node)
        return None

    def _is_honest(self, node: Scalar) -> bool:
        """Whether text is what it looks like; reports a problem if not."""
        misleading = _misleading(node.text)
        if misleading is None:
            return True
        start, end, message = misleading
        self.problems.append(SourceText(self.document, node).problem("P027", message, start, end))
        return False

    def items(self, name: str) -> tuple[Node, ...]:
        """The items of a list under a key."""
        node = self.get(name)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.report(node, "P001", f"'{name}' must be a list")
        return ()

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list under a key."""
        texts = []
        for item in self.items(name):
            if isinstance(item, Scalar) and item.text:
                texts.extend([item.text] if self._is_honest(item) else [])
            else:
                self.report(item, "P001", f"'{name}' must be a list of texts")
        return tuple(texts)

    def entries(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a map under a key."""
        node = self.get(name)
        if node is None:
            return ()
        if isinstance(node, Mapping):
            return node.entries
        self.report(node, "P001", f"'{name}' must be a map")
        return ()


def _misleading(text: str) -> tuple[int, int, str] | None:
    """Where text misleads, from and to, and how; None if it does not.

    Only similar letters are searched for: the reader of files refuses invisible characters and those that change the direction of
    text.
    """
    if text.isascii():
        return None
    for word in _WORD.finditer(text):
        scripts = sorted({script for character in word.group() if (script := _script(character))})
        if len(scripts) > 1:
            kinds = " and ".join(script.capitalize() for script in scripts)
            message = f"'{word.group()}' mixes {kinds} letters, which can look alike; use one script"
            return *word.span(), message
    return None


def _script(character: str) -> str:
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return first if first in _LOOK_ALIKE else ""
