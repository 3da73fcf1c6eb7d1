"""The subset of the shell language that steps of CI services mostly use: plain commands in sequence.

Anything else makes a script unclear and is never guessed: compound commands, functions, here-documents, traps.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Hand-written scripts have a hundredth of that, and a script is read again for every job that contains it.
LONGEST = 50_000
_OPERATOR = re.compile(r"&&|\|\||\|&|;;|&>>?|>>|[<>]&|>\||<<|[;&|<>()\n]")
_REDIRECTIONS = frozenset({"&>", "&>>", ">>", ">&", "<&", ">|", "<", ">"})
_SEPARATORS = frozenset({"\n", ";", "&&", "||", "|", "|&", "&"})
_COMPOUND = frozenset(
    {
        "if",
        "then",
        "elif",
        "else",
        "fi",
        "for",
        "while",
        "until",
        "do",
        "done",
        "case",
        "esac",
        "select",
        "function",
        "{",
        "}",
        "[[",
        "!",
        "coproc",
        "trap",
        "eval",
        "alias",
        "exec",
        "return",
    }
)
_PLAIN = re.compile(r"[^\s\\'\"$`#;&|<>()]+")


class UnclearError(Exception):
    """The script contains something that is not supported here; the text says what."""


class Word(NamedTuple):
    """A word of a command without its quotes; `expands` if the shell or the service substitutes something in it."""

    text: str
    expands: bool


class Command(NamedTuple):
    """A simple command, with the operators before and after it; a line break counts as `;`, the end of the script is empty."""

    words: tuple[Word, ...]
    before: str
    after: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The words as text."""
        return tuple(word.text for word in self.words)


def commands_of(script: str) -> tuple[Command, ...]:
    """The commands of a script, in order.

    Raises:
        UnclearError: it contains more than plain commands.
    """
    if len(script) > LONGEST:
        raise UnclearError(f"more than {LONGEST:,} characters")
    commands: list[tuple[tuple[Word, ...], str]] = []
    words: list[Word] = []
    skip = False
    for piece in _tokens(script):
        if isinstance(piece, Word):
            if not skip:
                words.append(piece)
            skip = False
        elif piece in _REDIRECTIONS:
            skip = True
        elif piece in _SEPARATORS:
            if words:
                commands.append((tuple(words), ";" if piece == "\n" else piece))
            words = []
        else:
            raise UnclearError(f"'{piece}'")
    if words:
        commands.append((tuple(words), ""))
    return tuple(_joined(commands))


def _joined(commands: list[tuple[tuple[Word, ...], str]]) -> Iterator[Command]:
    before = ""
    for number, (words, after) in enumerate(commands):
        first = words[0].text
        ends = first == "exit" and not (before == "||" and words[-1].text.strip("0").isdigit())
        if first in _COMPOUND or ends:
            raise UnclearError(f"'{first}'")
        yield Command(words, before, "" if number == len(commands) - 1 and after == ";" else after)
        before = after


def _tokens(script: str) -> Iterator[Word | str]:
    """Words and operators."""
    text = script.replace("\r\n", "\n").replace("\\\n", " ")
    at = 0
    while at < len(text):
        sign = text[at]
        if sign in " \t":
            at += 1
        elif sign == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif operator := _OPERATOR.match(text, at):
            at = operator.end()
            yield operator[0]
        else:
            word, at = _word(text, at)
            # A number directly before a redirection is the redirected channel.
            if not (word.text.isdigit() and text[at : at + 1] in {"<", ">"}):
                yield word


def _word(text: str, at: int) -> tuple[Word, int]:
    """The word that starts there, and where it ends."""
    pieces: list[str] = []
    expands = False
    while at < len(text) and text[at] not in " \t" and not _OPERATOR.match(text, at):
        sign = text[at]
        if sign == "'":
            end = _find(text, "'", at + 1)
            pieces.append(text[at + 1 : end])
            at = end + 1
        elif sign == '"':
            piece, inner, at = _quoted(text, at + 1)
            pieces.append(piece)
            expands = expands or inner
        elif sign == "\\":
            pieces.append(text[at + 1 : at + 2])
            at += 2
        elif sign in "$`":
            end = _expansion(text, at)
            pieces.append(text[at:end])
            expands, at = True, end
        else:
            plain = _PLAIN.match(text, at)
            end = plain.end() if plain else at + 1
            pieces.append(text[at:end])
            at = end
    return Word("".join(pieces), expands), at


def _quoted(text: str, at: int) -> tuple[str, bool, int]:
    """The text within double quotes, whether it expands, and the position after it."""
    pieces: list[str] = []
    expands = False
    start = at
    while True:
        if at >= len(text):
            raise UnclearError("an unclosed quote")
        sign = text[at]
        if sign == '"':
            return "".join([*pieces, text[start:at]]), expands, at + 1
        if sign == "\\":
            pieces += [text[start:at], text[at + 1 : at + 2]]
            at += 2
            start = at
        elif sign in "$`":
            expands, at = True, _expansion(text, at)
        else:
            at += 1


def _expansion(text: str, at: int) -> int:
    """The end of an expansion that starts there."""
    if text.startswith("${{", at):
        return _find(text, "}}", at) + 2
    if text.startswith("${", at):
        return _find(text, "}", at) + 1
    if text.startswith("$(", at):
        end = _find(text, ")", at) + 1
        if re.search(r"[('\"\\#`]", text[at + 2 : end]):
            raise UnclearError("nested '$(...)'")
        return end
    return _find(text, "`", at + 1) + 1 if text[at] == "`" else at + 1


def _find(text: str, sign: str, at: int) -> int:
    end = text.find(sign, at)
    if end < 0:
        raise UnclearError("an unclosed quote or bracket")
    return end
