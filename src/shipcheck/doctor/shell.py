"""The part of the shell's language that steps of CI services are mostly written in: plain commands, one after the other.

Whatever else a script holds makes it unclear, never guessed: compound commands, functions, here-documents, traps.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# People write a hundredth of that; and it is read anew for every job that has it.
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
    """The script holds something that is not read here; the text says what."""


class Word(NamedTuple):
    """A word of a command without its quotes; `expands` where the shell or the service puts something in its place."""

    text: str
    expands: bool


class Command(NamedTuple):
    """A simple command, with the operators before and after it; a line break counts as `;`, an end of the script is empty."""

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
        UnclearError: it holds more than plain commands.
    """
    if len(script) > LONGEST:
        raise UnclearError(f"more than {LONGEST:,} characters")
    found: list[tuple[tuple[Word, ...], str]] = []
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
                found.append((tuple(words), ";" if piece == "\n" else piece))
            words = []
        else:
            raise UnclearError(f"'{piece}'")
    if words:
        found.append((tuple(words), ""))
    return tuple(_joined(found))


def _joined(found: list[tuple[tuple[Word, ...], str]]) -> Iterator[Command]:
    before = ""
    for number, (words, after) in enumerate(found):
        first = words[0].text
        ends = first == "exit" and not (before == "||" and words[-1].text.strip("0").isdigit())
        if first in _COMPOUND or ends:
            raise UnclearError(f"'{first}'")
        yield Command(words, before, "" if number == len(found) - 1 and after == ";" else after)
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
        elif found := _OPERATOR.match(text, at):
            at = found.end()
            yield found[0]
        else:
            word, at = _word(text, at)
            # A number right before a redirection is the channel that is redirected.
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
            found = _PLAIN.match(text, at)
            end = found.end() if found else at + 1
            pieces.append(text[at:end])
            at = end
    return Word("".join(pieces), expands), at


def _quoted(text: str, at: int) -> tuple[str, bool, int]:
    """What stands within double quotes, whether it expands, and where it goes on."""
    pieces: list[str] = []
    expands = False
    start = at
    while True:
        if at >= len(text):
            raise UnclearError("a quote that does not close")
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
    """Where an expansion ends that starts there."""
    if text.startswith("${{", at):
        return _find(text, "}}", at) + 2
    if text.startswith("${", at):
        return _find(text, "}", at) + 1
    if text.startswith("$(", at):
        end = _find(text, ")", at) + 1
        if re.search(r"[('\"\\#`]", text[at + 2 : end]):
            raise UnclearError("'$(...)' within which more is nested")
        return end
    return _find(text, "`", at + 1) + 1 if text[at] == "`" else at + 1


def _find(text: str, sign: str, at: int) -> int:
    end = text.find(sign, at)
    if end < 0:
        raise UnclearError("a quote or bracket that does not close")
    return end
