"""What files a pack may hold, so that it is the same pack on every system and costs nobody more than a moment to read."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MOST_FILES = 2_000
MOST_BYTES = 16 * 1024 * 1024
LARGEST = 1024 * 1024
LONGEST_PATH = 200
DEEPEST = 10
_STEP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+@.-]*")
# Windows opens a device for these, whatever follows the first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


class TreeFault(NamedTuple):
    """A file that a pack may not hold, by its path, and why: a clause that follows the path."""

    path: str
    reason: str


def path_fault(path: str) -> str:
    """Why no file of a pack can have that path, as a clause that follows it; empty where one can."""
    steps = path.split("/")
    if len(path) > LONGEST_PATH:
        return f"is longer than {LONGEST_PATH} characters"
    if len(steps) > DEEPEST:
        return f"is nested deeper than {DEEPEST} folders"
    if any(not _STEP.fullmatch(step) for step in steps):
        return "is no relative path of letters, digits and '_ + @ . -' without hidden files; '..' is none either"
    if any(step.endswith(".") or _DEVICES.fullmatch(step.partition(".")[0]) for step in steps):
        return "cannot be a file on Windows"
    return ""


def tree_faults(sizes: Mapping[str, int]) -> tuple[TreeFault, ...]:
    """Every reason why files of these paths and sizes, in bytes, make no pack; the limits on all files come last."""
    faults = [TreeFault(path, reason) for path in sorted(sizes) if (reason := path_fault(path))]
    faults.extend(_twins(path for path in sizes if not path_fault(path)))
    faults.extend(
        TreeFault(path, f"has {size:,} bytes, and a file of a pack has at most {LARGEST:,}")
        for path, size in sorted(sizes.items())
        if size > LARGEST
    )
    if len(sizes) > MOST_FILES:
        faults.append(TreeFault(max(sizes), f"is one of {len(sizes):,} files, and a pack has at most {MOST_FILES:,}"))
    total = sum(sizes.values())
    if total > MOST_BYTES:
        faults.append(TreeFault(max(sizes), f"is one of the files that make {total:,} bytes; a pack has at most {MOST_BYTES:,}"))
    return tuple(faults)


def _twins(paths: Iterable[str]) -> Iterable[TreeFault]:
    """Paths that are one on a system that does not tell capitals apart, and files where others have a folder."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in sorted(paths):
        steps = path.split("/")
        for depth in range(1, len(steps) + 1):
            part, is_file = "/".join(steps[:depth]), depth == len(steps)
            other, was_file = seen.setdefault(part.lower(), (part, is_file))
            if other != part:
                yield TreeFault(path, f"differs from {other} in capitals only")
                break
            if was_file != is_file:
                yield TreeFault(path, f"makes {part} a file and a folder")
                break
