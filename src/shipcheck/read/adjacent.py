"""Comments and key marks without the space that YAML asks for: libyaml reads `"a"#b` as `"a"`, and `{?a: b}` as `{a: b}`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.read.libyaml import CParser

# Before a comment without a space, except for the ends of quoted values and of collections, which the tree tells.
_BEFORE_COMMENT = frozenset("[{,:|>")
_ENDS = frozenset("\"']}")
_IN_HEAD = "+-0123456789"
_BEFORE_MARK = frozenset(" \t\r\n[{,")
_BLANK = frozenset(" \t\r\n")


class Adjacent(NamedTuple):
    """What is wrong, at the 0-based line and column of a character."""

    line: int
    column: int
    message: str


def may_be_adjacent(text: str) -> bool:
    """Whether the text can have such a mistake that its tree does not tell; false for almost every file."""
    for piece in text.split("#")[:-1] if "#" in text else ():
        last = piece[-1:]
        if last in _BEFORE_COMMENT or (last in _ENDS and "\r" in text):
            return True
        if last in _IN_HEAD and last and piece.rstrip(_IN_HEAD)[-1:] in {"|", ">"}:
            return True
    return "?" in text and (text.startswith("?") or any(piece[-1:] in _BEFORE_MARK for piece in text.split("?")[:-1]))


def ends_before_comment(text: str) -> frozenset[tuple[int, int]]:
    """The places, as a node has its end, where a quoted value or a collection can end directly before a comment."""
    if "#" not in text:
        return frozenset()
    places = []
    line, column = 1, 0
    for piece in text.split("#")[:-1]:
        breaks = piece.count("\n")
        line += breaks
        column = len(piece) - piece.rindex("\n") if breaks else column + len(piece) + 1
        if piece[-1:] in _ENDS:
            places.append((line, column))
    return frozenset(places)


def ends_at(root: Node, places: frozenset[tuple[int, int]]) -> bool:
    """Whether a quoted value or a collection ends at one of the places."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if not node.plain and node[-2:] in places:
                return True
            continue
        if node[-2:] in places:
            return True
        waiting += node.items if isinstance(node, Sequence) else (part for entry in node.entries for part in entry)
    return False


def adjacent(text: str) -> Iterator[Adjacent]:
    """The mistakes in a text that libyaml reads without an error; deep nesting must have been ruled out before."""
    parser: Any = CParser(text)
    while not isinstance(token := parser.get_token(), yaml.StreamEndToken):
        start, end = token.start_mark, token.end_mark
        line, column, index = end.line, end.column, end.index
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            index = _end_of_head(text, start.index)
            line, column = start.line, start.column + index - start.index
        after = text[index : index + 1]
        if index == start.index:  # a token that is not written
            continue
        if after == "#":
            yield Adjacent(line, column, "missing space before '#'; write ' #' for a comment, or quote the value")
        if isinstance(token, yaml.KeyToken) and after and after not in _BLANK:
            yield Adjacent(start.line, start.column, "missing space after '?'; quote a text that starts with '?'")


def _end_of_head(text: str, start: int) -> int:
    """The index behind the head of a block scalar, such as `|2-`."""
    end = start + 1
    while text[end : end + 1] and text[end] in _IN_HEAD:
        end += 1
    return end
