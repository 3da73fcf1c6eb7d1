"""Comments and key marks without the space that YAML asks for: libyaml reads `"a"#b` as `"a"`, and `{?a: b}` as `{a: b}`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from shipcheck.read.libyaml import CParser

# A comment after any of these is one without a space, or part of a plain value, which only the tokens tell.
_BEFORE_COMMENT = frozenset("\"'[]{},:|>+-0123456789")
_BEFORE_MARK = frozenset(" \t\r\n[{,")
_IN_HEAD = frozenset("+-0123456789")
_BLANK = frozenset(" \t\r\n")


class Adjacent(NamedTuple):
    """What is wrong, at the 0-based line and column of a character."""

    line: int
    column: int
    message: str


def may_be_adjacent(text: str) -> bool:
    """Whether the text can have such a mistake; false for almost every file."""
    return _follows(text, "#", _BEFORE_COMMENT) or _follows(text, "?", _BEFORE_MARK) or text.startswith("?")


def _follows(text: str, sign: str, before: frozenset[str]) -> bool:
    return sign in text and any(piece[-1:] in before for piece in text.split(sign)[:-1])


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
    while text[end : end + 1] in _IN_HEAD:
        end += 1
    return end
