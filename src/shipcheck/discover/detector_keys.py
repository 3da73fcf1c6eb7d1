"""Reads the keys of one map of a detector, with a problem for each that is missing, wrong or unknown."""

from collections.abc import Callable, Iterable

from shipcheck.english import did_you_mean, listed
from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence
from shipcheck.model.location import Location
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.scalars import AMBIGUOUS, INTEGER
from shipcheck.vocabulary.vocabulary import Vocabulary

SHAPE = "detector-shape"
WORD = "detector-word"
CALLABLE = "detector-callable"
PLACE = "detector-place"
GLOB = "detector-glob"
VERSION = "detector-version"
EXAMPLE = "detector-example"
MOST_TEXT = 8000
Plain = str | bool | int | None


class TooManyProblemsError(Exception):
    """A detector has so many problems that listing more does not help."""


class Context:
    """One document, the vocabulary, and the problems found so far."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def report(self, node: Node, code: str, message: str) -> None:
        """Add a problem at `node`.

        Raises:
            TooManyProblemsError: there are enough of them.
        """
        if len(self.problems) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems in this file; fix these first"
            self.problems.append(Problem(self.locate(node), "too-many-problems", message))
            raise TooManyProblemsError
        self.problems.append(Problem(self.locate(node), code, message))

    def locate(self, node: Node) -> Location:
        """The place of `node`."""
        return self.document.locate(node)

    def word(self, node: Node, words: Iterable[str], noun: str) -> str:
        """The text of `node` if it is one of these words; else empty, which is reported."""
        text = node.text if isinstance(node, Scalar) else ""
        known = tuple(words)
        if text in known:
            return text
        hint = did_you_mean(text, known) or f"; use {listed(known)}"
        self.report(
            node, WORD, f"unknown {noun} '{short(text)}'{hint}" if text else f"the {noun} must be a word; use {listed(known)}"
        )
        return ""

    def text(self, node: Node, what: str) -> str:
        """The text of `node`; empty if it is none, which is reported."""
        if not isinstance(node, Scalar) or not node.text.strip():
            self.report(node, SHAPE, f"{what} must be a text")
        elif len(node.text) > MOST_TEXT:
            self.report(node, SHAPE, f"{what} is longer than {MOST_TEXT} characters; shorten it")
        elif node.plain and AMBIGUOUS.fullmatch(node.text):
            self.report(node, SHAPE, f"'{short(node.text)}' can be read as something other than text; quote it")
        else:
            return node.text
        return ""

    def value(self, node: Node, what: str) -> Plain:
        """A text, number, true, false or null."""
        if not isinstance(node, Scalar):
            self.report(node, SHAPE, f"{what} must be one value, not a list or a map")
            return None
        return plain_value(node)


class Keys:
    """One map, by its keys. `what` names it in messages."""

    def __init__(self, context: Context, node: Node, what: str) -> None:
        self.context = context
        self.node = node
        self.what = what
        self._entries = {key.text: (key, value) for key, value in node.entries} if isinstance(node, Mapping) else {}
        if not isinstance(node, Mapping):
            self.report(node, f"{what} must be a map")

    def report(self, node: Node, message: str, code: str = SHAPE) -> None:
        """Add a problem at `node`."""
        self.context.report(node, code, message)

    def allow(self, names: Iterable[str]) -> None:
        """Report every key that is not one of these."""
        known = tuple(names)
        for key, _ in self.pairs():
            if key.text not in known:
                hint = did_you_mean(key.text, known) or f"; the keys are {listed(known, 'and')}"
                self.report(key, f"unknown key '{short(key.text)}' in {self.what}{hint}")

    def refuse(self, names: Iterable[str], why: str) -> None:
        """Report each of these keys that is present."""
        for name in names:
            if name in self._entries:
                self.report(self._entries[name][0], f"'{name}' {why}")

    def require(self, *names: str) -> None:
        """Report each of these keys that is missing."""
        for name in names:
            if name not in self._entries and isinstance(self.node, Mapping):
                self.report(self.node, f"{self.what} has no {name}; add one")

    def has(self, name: str) -> bool:
        """Whether the key is present."""
        return name in self._entries

    def present(self, names: Iterable[str]) -> tuple[str, ...]:
        """The keys among these that are present."""
        return tuple(name for name in names if name in self._entries)

    def get(self, name: str) -> Node | None:
        """The value under a key, or None."""
        entry = self._entries.get(name)
        return entry[1] if entry else None

    def at(self, name: str) -> Node:
        """The value under a key, or the map itself."""
        return self.get(name) or self.node

    def pairs(self) -> tuple[tuple[Scalar, Node], ...]:
        """Every key with its value, in the order written."""
        return tuple(self._entries.values())

    def text(self, name: str) -> str:
        """The text under a key; empty if it is missing."""
        node = self.get(name)
        return "" if node is None else self.context.text(node, f"'{name}'")

    def word(self, name: str, words: Iterable[str]) -> str:
        """The word under a key; empty if it is missing."""
        node = self.get(name)
        return "" if node is None else self.context.word(node, words, name)

    def flag(self, name: str) -> bool:
        """The true or false under a key; false if it is missing."""
        node = self.get(name)
        if node is None:
            return False
        value = plain_value(node) if isinstance(node, Scalar) else None
        if not isinstance(value, bool):
            self.report(node, f"'{name}' must be true or false")
        return value is True

    def number(self, name: str) -> int:
        """The whole number under a key, at least 1; 0 if it is missing."""
        node = self.get(name)
        value = plain_value(node) if isinstance(node, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        if node is not None:
            self.report(node, f"'{name}' must be a whole number, at least 1")
        return 0

    def items(self, name: str) -> tuple[Node, ...]:
        """The items of a list under a key, which is not empty; any other value counts as its only item."""
        node = self.get(name)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            if not node.items:
                self.report(node, f"'{name}' is empty; add an item, or remove the key")
            return node.items
        return (node,)

    def is_empty(self, name: str) -> bool:
        """Whether an empty list is under a key."""
        node = self.get(name)
        return isinstance(node, Sequence) and not node.items

    def entries(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a map under a key, which is not empty."""
        node = self.get(name)
        if node is None:
            return ()
        if not isinstance(node, Mapping) or not node.entries:
            self.report(node, f"'{name}' must be a map with at least one entry")
            return ()
        return node.entries

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list under a key, or its only text."""
        texts = [self.context.text(item, f"each item of '{name}'") for item in self.items(name)]
        return tuple(text for text in texts if text)

    def values(self, name: str) -> tuple[Plain, ...]:
        """The values of a list under a key, or its only value."""
        return tuple(self.context.value(item, f"each item of '{name}'") for item in self.items(name))

    def ranged(self, name: str, is_range: Callable[[str], bool]) -> str:
        """The version range under a key; empty if it is missing."""
        text = self.text(name)
        if text and not is_range(text):
            self.report(self.at(name), f"'{short(text)}' is not a version range; write one such as >=1.2,<2", VERSION)
            return ""
        return text


def plain_value(node: Scalar) -> Plain:
    """The value of a scalar: true, false, null and whole numbers where they are not quoted, else a text."""
    text = node.text
    if not node.plain:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"null", "~", ""}:
        return None
    return int(text) if INTEGER.fullmatch(text) else text


def short(text: str) -> str:
    """A text for a message, at most 40 characters."""
    return text if len(text) <= 40 else f"{text[:37]}..."
