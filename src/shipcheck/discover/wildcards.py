"""Names with `*` and paths with `**`, matched in linear time without regular expressions: a wildcard skips the least it can."""

from collections.abc import Sequence
from typing import TypeAlias

MOST_DEEP = 2
"""How many `**` a pattern may have."""
# The texts between the stars of one name; one text if it has no star.
Part: TypeAlias = tuple[str, ...]
# Runs of names; any number of names can be between two of them.
Runs: TypeAlias = tuple[tuple[Part, ...], ...]


def runs_of(names: Sequence[str]) -> Runs:
    """The pattern of these names, where `**` means any number of names."""
    runs: list[list[Part]] = [[]]
    for name in names:
        if name == "**":
            runs.append([])
        else:
            runs[-1].append(tuple(name.split("*")))
    return tuple(tuple(run) for run in runs)


def runs_match(runs: Runs, names: Sequence[str]) -> bool:
    """Whether the pattern matches all the names."""
    first, *rest = runs
    if not rest:
        return len(first) == len(names) and _matches_at(first, names, 0)
    *middle, last = rest
    end = len(names) - len(last)
    if len(first) > end or not _matches_at(first, names, 0) or not _matches_at(last, names, end):
        return False
    at = len(first)
    for run in middle:
        while at + len(run) <= end and not _matches_at(run, names, at):
            at += 1
        at += len(run)
    return at <= end


def _matches_at(run: Sequence[Part], names: Sequence[str], at: int) -> bool:
    return all(part_matches(part, names[at + offset]) for offset, part in enumerate(run))


def part_matches(part: Part, name: str) -> bool:
    """Whether a pattern matches one name."""
    first, *rest = part
    if not rest:
        return first == name
    *middle, last = rest
    end = len(name) - len(last)
    if len(first) > end or not name.startswith(first) or not name.endswith(last):
        return False
    at = len(first)
    for piece in middle:
        found = name.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def is_literal(names: Sequence[str]) -> bool:
    """Whether no name has a wildcard."""
    return not any("*" in name for name in names)
