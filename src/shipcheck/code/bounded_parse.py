"""Parses with tree-sitter within a bound: broken text can take it a time that grows with the square of the length."""

from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MAX_SECONDS = 2.0
# Of Python, the parser does not come back for seconds, so that beginnings of the text are tried first.
_FIRST = 2_048
_SLOW = 0.3


class TooSlowError(Exception):
    """A text that takes the parser too long."""


def parse_bounded(parser: "Parser", content: bytes) -> "Node":
    """The root of the syntax tree.

    Raises:
        TooSlowError: the parser takes more than `MAX_SECONDS` of processor time.
    """
    end = process_time() + MAX_SECONDS
    try:
        tree = parser.parse(
            lambda offset, _point: content[offset : offset + 65_536], progress_callback=lambda *_: process_time() > end
        )
    except ValueError as error:
        raise TooSlowError from error
    return tree.root_node


def parse_by_beginnings(parser: "Parser", content: bytes) -> "Node":
    """As `parse_bounded`, for a parser that may not look at its bound for long: ever longer beginnings are timed first.

    Raises:
        TooSlowError: a beginning takes too long, so that the whole would take four times as long or more.
    """
    length = _FIRST
    while length < len(content):
        start = process_time()
        parse_bounded(parser, content[:length])
        if process_time() - start > _SLOW:
            raise TooSlowError
        length *= 2
    return parse_bounded(parser, content)
