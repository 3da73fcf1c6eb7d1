"""JSON with the place of every key and value, in the shape of YAML. Comments and trailing commas are read, as editors do.

It counts depth itself and never recurses, so hostile text ends in an error that says where.
"""

import json
import re
from bisect import bisect_right

from shipcheck.model.document import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 64
MAX_VALUES = 150_000
_LINE_BREAK = re.compile("\r\n|\r|\n")
_BLANK = re.compile(r"(?:[ \t\r\n]++|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\[^\x00-\x1f])*+"')
_WORD = re.compile(r"(?:true|false|null|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+)(?![A-Za-z0-9_.+-])")
_CLOSING = {"{": "}", "[": "]"}


class UnreadableError(Exception):
    """A text is not what its name says; the message says where and why."""


class _Frame:
    """A collection that is being read: its first character, and its finished parts."""

    def __init__(self, opening: str, start: int) -> None:
        self.start = start
        self.closing = _CLOSING[opening]
        self.key: Scalar | None = None
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.items: list[Node] = []

    def add(self, node: Node) -> None:
        if self.key is None:
            self.items.append(node)
        else:
            self.entries[self.key.text] = self.key, node


def read_json(text: str) -> Node:
    """The value that a text holds.

    Raises:
        UnreadableError: it is not JSON, has a key twice, or is nested more than 64 levels deep.
    """
    return _Reader(text).read()


class _Places:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at an offset, both 1-based."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._count = 0
        self._frames: list[_Frame] = []
        self._places = _Places(text)

    def read(self) -> Node:
        node = self._start()
        while self._frames:
            frame = self._frames[-1]
            if node is not None:
                frame.add(node)
                self._separate(frame)
            node = self._continue(frame)
        self._skip()
        if node is None or self._at < len(self._text):
            raise self._wrong("text follows the value")
        return node

    def _start(self) -> Node | None:
        """A scalar; None where a collection begins."""
        self._skip()
        self._count += 1
        if self._count > MAX_VALUES:
            raise self._wrong(f"more than {MAX_VALUES:,} values")
        opening = self._text[self._at : self._at + 1]
        if opening in _CLOSING:
            if len(self._frames) >= MAX_DEPTH:
                raise self._wrong(f"nesting is deeper than {MAX_DEPTH} levels")
            self._frames.append(_Frame(opening, self._at))
            self._at += 1
            return None
        return self._string() if opening == '"' else self._word()

    def _continue(self, frame: _Frame) -> Node | None:
        """The next value of a collection, or the collection if it ends here; None where another one begins."""
        self._skip()
        if self._text.startswith(frame.closing, self._at):
            self._at += 1
            self._frames.pop()
            return self._collection(frame)
        if frame.closing == "}":
            frame.key = self._key(frame)
        return self._start()

    def _key(self, frame: _Frame) -> Scalar:
        if not self._text.startswith('"', self._at):
            raise self._wrong("a key in double quotes is missing")
        start = self._at
        key = self._string()
        if key.text in frame.entries:
            self._at = start
            raise self._wrong(f"key '{key.text[:40]}' is given twice")
        self._skip()
        if not self._text.startswith(":", self._at):
            raise self._wrong("':' is missing")
        self._at += 1
        return key

    def _separate(self, frame: _Frame) -> None:
        self._skip()
        if self._text.startswith(",", self._at):
            self._at += 1
        elif not self._text.startswith(frame.closing, self._at):
            raise self._wrong(f"',' or '{frame.closing}' is missing")

    def _string(self) -> Scalar:
        match = _STRING.match(self._text, self._at)
        if match is None:
            raise self._wrong("a text is not closed, or has a line break")
        raw = match.group()
        try:
            text = raw[1:-1] if "\\" not in raw else str(json.loads(raw))
        except ValueError:
            raise self._wrong("a text has an escape that JSON does not know") from None
        # Half of a pair of code units stays half a character, which no output could hold.
        honest = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
        return self._scalar(honest, match.end(), plain=False)

    def _word(self) -> Scalar:
        match = _WORD.match(self._text, self._at)
        if match is None:
            raise self._wrong("a value is missing")
        return self._scalar(match.group(), match.end(), plain=True)

    def _scalar(self, text: str, end: int, *, plain: bool) -> Scalar:
        place = (*self._places.at(self._at), *self._places.at(end))
        self._at = end
        return Scalar(text, plain, *place)

    def _collection(self, frame: _Frame) -> Node:
        place = (*self._places.at(frame.start), *self._places.at(self._at))
        if frame.closing == "}":
            return Mapping(tuple(frame.entries.values()), *place)
        return Sequence(tuple(frame.items), *place)

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _wrong(self, why: str) -> UnreadableError:
        line, column = self._places.at(self._at)
        return UnreadableError(f"line {line}, column {column}: {why}")
