"""Patterns of CODEOWNERS files, matched without regular expressions: a wildcard skips the least that lets the rest match.

In one name of a path `*` is any text, `?` any one character, and a backslash makes the next character literal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Runs of names; any number of folders can be between two of them.
Pattern = tuple[tuple[str, ...], ...]
# The minimum cost of comparing a pattern with a path, in characters.
_LEAST = 5


class TooMuchToMatchError(Exception):
    """Comparing all patterns with all files takes too long."""


@dataclass(slots=True)
class Effort:
    """The remaining number of characters that may be compared."""

    left: int

    def spend(self, amount: int) -> None:
        """Subtract the cost of a comparison, in characters.

        Raises:
            TooMuchToMatchError: nothing is left.
        """
        self.left -= amount
        if self.left < 0:
            raise TooMuchToMatchError


def pattern_of(names: Iterable[str | None]) -> Pattern:
    """The pattern of these names, where None means any number of folders."""
    runs: list[list[str]] = [[]]
    for name in names:
        if name is None:
            runs.append([])
        else:
            runs[-1].append(name)
    return tuple(tuple(run) for run in runs)


def matches(pattern: Pattern, parts: Sequence[str], effort: Effort) -> bool:
    """Whether the pattern matches the whole path.

    Raises:
        TooMuchToMatchError: the effort is spent.
    """
    effort.spend(_LEAST)
    first, *rest = pattern
    if not rest:
        return len(first) == len(parts) and _matches_at(first, parts, 0, effort)
    *middle, last = rest
    end = len(parts) - len(last)
    if len(first) > end or not _matches_at(first, parts, 0, effort) or not _matches_at(last, parts, end, effort):
        return False
    at = len(first)
    for run in middle:
        while at + len(run) <= end and not _matches_at(run, parts, at, effort):
            at += 1
        at += len(run)
    return at <= end


def _matches_at(run: Sequence[str], parts: Sequence[str], at: int, effort: Effort) -> bool:
    return all(_part_matches(pattern, part, effort) for pattern, part in zip(run, parts[at : at + len(run)], strict=True))


def _part_matches(pattern: str, part: str, effort: Effort) -> bool:
    """Whether a pattern without folders matches a name."""
    if "*" not in pattern and "?" not in pattern and "\\" not in pattern:
        effort.spend(1)
        return pattern == part
    first, *rest = _pieces(pattern)
    if not rest:
        effort.spend(len(part) + 1)
        return len(first) == len(part) and _piece_at(first, part, 0)
    *middle, last = rest
    end = len(part) - len(last)
    effort.spend(len(pattern) + len(part))
    if len(first) > end or not _piece_at(first, part, 0) or not _piece_at(last, part, end):
        return False
    at = len(first)
    for piece in middle:
        while at + len(piece) <= end and not _piece_at(piece, part, at):
            effort.spend(len(piece) + 1)
            at += 1
        at += len(piece)
    return at <= end


def _pieces(pattern: str) -> list[list[str]]:
    """The pattern between its stars, each part as a list of characters; an empty one matches any character."""
    pieces: list[list[str]] = [[]]
    escaped = False
    for character in pattern:
        if escaped or character not in "*?\\":
            pieces[-1].append(character)
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "*":
            pieces.append([])
        else:
            pieces[-1].append("")
    return pieces


def _piece_at(piece: Sequence[str], part: str, at: int) -> bool:
    return all(character in ("", actual) for character, actual in zip(piece, part[at : at + len(piece)], strict=True))
