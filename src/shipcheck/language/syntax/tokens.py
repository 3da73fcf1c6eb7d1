"""The tokens of an expression."""

import re
from typing import Literal, NamedTuple, cast

from shipcheck.language.syntax.keys import MAX_LENGTH
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.model.pack_field import spelled
from shipcheck.model.problem import Problem

TokenKind = Literal["date", "percent", "duration", "number", "text", "param", "name", "keyword", "mark", "end"]

_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ )
    | (?P<date>    [0-9]{4}-[0-9]{2}-[0-9]{2} (?![0-9A-Za-z_]) )
    | (?P<percent> [0-9]+ (?: \.[0-9]+ )? % )
    | (?P<duration>[0-9]+ [dw] (?![0-9A-Za-z_]) )
    | (?P<number>  [0-9]+ (?: \.[0-9]+ )? (?![0-9A-Za-z_.]) )
    | (?P<text>    "[^"\\]*" )
    | (?P<param>   \$ [a-z][a-z0-9_]* )
    | (?P<name>    [A-Za-z_][A-Za-z0-9_]* )
    | (?P<mark>    == | != | <= | >= | [<>()\[\],.+\-*/] )
    """,
    re.VERBOSE | re.ASCII,
)


# This many digits survive conversion to a floating-point number: 15, as in numeric_limits<double>::digits10 of C++.
MAX_DIGITS = 15


class Token(NamedTuple):
    """One word, from the character `start` of the text to before `end`."""

    kind: TokenKind
    text: str
    start: int
    end: int


class ExpressionError(Exception):
    """An expression is wrong; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class ReportedError(ExpressionError):
    """An expression is wrong only because of a problem reported elsewhere: it names a selector that is itself wrong."""


def tokenize(source: SourceText, keywords: frozenset[str]) -> list[Token]:
    """The tokens of an expression, with an `end` after the last.

    Raises:
        ExpressionError: a character that no token starts with, or more than 4000 characters.
    """
    text = source.text
    if len(text) > MAX_LENGTH:
        raise ExpressionError(source.problem("P010", f"the expression is longer than {MAX_LENGTH} characters; split the policy"))
    tokens: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise ExpressionError(_unreadable(source, offset))
        kind, word = str(match.lastgroup), match.group()
        if kind in {"number", "percent", "duration"} and len(word.replace(".", "").rstrip("%dw")) > MAX_DIGITS:
            message = f"a number with more than {MAX_DIGITS} digits would not be exact; write fewer"
            raise ExpressionError(source.problem("P010", message, offset, match.end()))
        if kind != "space":
            kind = "keyword" if kind == "name" and word in keywords else kind
            tokens.append(Token(cast(TokenKind, kind), word, offset, match.end()))
        offset = match.end()
    tokens.append(Token("end", "the end", len(text), len(text)))
    return tokens


_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?=\.[a-z])")
_MEANT = {"&": "and", "|": "or", "!": "not", "=": "==", "'": '"text in double quotes"', "~": "not"}


def _unreadable(source: SourceText, offset: int) -> Problem:
    character = source.text[offset]
    for key in _KEY.finditer(source.text):
        if key.start() < offset < key.end():
            message = f"'-' is minus here; write '{spelled(key.group())}' for the fields of pack {key.group()}"
            return source.problem("P010", message, key.start(), key.end())
    hint = _MEANT.get(character)
    meant = f"; write {hint}" if hint else ""
    return source.problem("P010", f"unexpected character '{character}'{meant}", offset, offset + 1)
