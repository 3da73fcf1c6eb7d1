"""Which files a pack can contain, so that it is the same pack on every system and quick to read."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MOST_FILES = 2_000
MOST_BYTES = 16 * 1024 * 1024
LARGEST = 1024 * 1024
LONGEST_PATH = 200
DEEPEST = 10
_STEP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+@.-]*")
# Windows opens a device for these names, with any ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


class TreeProblem(NamedTuple):
    """A file that a pack cannot contain, by its path, and why: a clause that follows the path."""

    path: str
    reason: str


def path_problem(path: str) -> str:
    """Why a file of a pack cannot have that path, as a clause that follows it; empty if it can."""
    steps = path.split("/")
    if len(path) > LONGEST_PATH:
        return f"is longer than {LONGEST_PATH} characters"
    if len(steps) > DEEPEST:
        return f"is nested deeper than {DEEPEST} folders"
    if any(not _STEP.fullmatch(step) for step in steps):
        return "is not a relative path of letters, digits and '_ + @ . -', without hidden files and '..'"
    if any(step.endswith(".") or _DEVICES.fullmatch(step.partition(".")[0]) for step in steps):
        return "is not a valid file name on Windows"
    return ""


def tree_problems(sizes: Mapping[str, int]) -> tuple[TreeProblem, ...]:
    """Every reason why files of these paths and sizes, in bytes, are not a valid pack; limits on all files come last."""
    problems = [TreeProblem(path, reason) for path in sorted(sizes) if (reason := path_problem(path))]
    problems.extend(_twins(path for path in sizes if not path_problem(path)))
    problems.extend(
        TreeProblem(path, f"has {size:,} bytes, but a file of a pack can have at most {LARGEST:,}")
        for path, size in sorted(sizes.items())
        if size > LARGEST
    )
    if len(sizes) > MOST_FILES:
        problems.append(TreeProblem(max(sizes), f"is one of {len(sizes):,} files, but a pack can have at most {MOST_FILES:,}"))
    total = sum(sizes.values())
    if total > MOST_BYTES:
        problems.append(
            TreeProblem(
                max(sizes), f"is one of the files with {total:,} bytes in all, but a pack can have at most {MOST_BYTES:,}"
            )
        )
    return tuple(problems)


def _twins(paths: Iterable[str]) -> Iterable[TreeProblem]:
    """Paths that are the same on a case-insensitive system, and files whose path is also a folder."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in sorted(paths):
        steps = path.split("/")
        for depth in range(1, len(steps) + 1):
            part, is_file = "/".join(steps[:depth]), depth == len(steps)
            other, was_file = seen.setdefault(part.lower(), (part, is_file))
            if other != part:
                yield TreeProblem(path, f"differs from {other} only in case")
                break
            if was_file != is_file:
                yield TreeProblem(path, f"makes {part} both a file and a folder")
                break
