"""Which of the listed files are manifests, and their bytes."""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Pattern
from shipcheck.sources.worktree import Listing

ORIGIN = "worktree"
MAX_BYTES = 1024 * 1024
# A folder's name can hold a line break, which `.` stands for only with DOTALL.
_MANIFEST = re.compile(r"(?:.*/)?(?:shipcheck|[^/]+\.shipcheck)\.yaml", re.DOTALL)
_NEARLY = re.compile(r"(?:.*/)?(?:shipcheck|[^/]+\.shipcheck)\.ya?ml", re.IGNORECASE | re.DOTALL)
_GOVERNANCE = re.compile(r"(?:.*/)?\.shipcheck/.*", re.DOTALL)
_CROSSING = {"": "", "**/": "(?:.*?/)??"}
_WILDCARD = re.compile(r"((?<![^/])\*\*/|\*\*+|\*|\?)")


@dataclass(frozen=True, slots=True)
class Found:
    """The manifests read, the problems met on the way, and the patterns that match no file."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    idle: tuple[Pattern, ...]


def glob_pattern(text: str) -> re.Pattern[str]:
    """A path pattern: `*` and `?` stay within a folder, `**` crosses folders, a trailing `/` takes in all below.

    After a wildcard, the first place where what follows fits is as good as any later one; so the pattern never goes back on such
    a choice, and no pattern takes long.
    """
    text = text.removeprefix("/")
    if text.endswith("/"):
        text += "**"
    pieces = _WILDCARD.split(text)
    blocks: list[tuple[str, list[str]]] = [("", [""])]
    for literal, sign in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        parts = blocks[-1][1]
        parts[-1] += re.escape(literal) + ("[^/]" if sign == "?" else "")
        if sign == "*":
            parts.append("")
        elif sign.startswith("**"):
            blocks.append((sign, [""]))
    *before, (sign, (first, *rest)) = blocks
    settled = "".join(f"(?>{_CROSSING.get(sign, '.*?')}{part}{_within(others)})" for sign, (part, *others) in before)
    end = f"{_within(rest[:-1])}[^/]*{rest[-1]}" if rest else ""
    return re.compile(f"{settled}{_CROSSING.get(sign, '.*?')}{first}{end}", re.DOTALL)


def _within(parts: list[str]) -> str:
    return "".join(f"(?>[^/]*?{part})" for part in parts)


def find_manifests(listing: Listing, also: Sequence[Pattern], ignore: Sequence[Pattern]) -> Found:
    """Read every manifest; whatever looks like one and cannot be read is a problem, never passed over in silence."""
    chosen, idle = _choose(listing.paths, also, ignore)
    files: list[File] = []
    problems: list[Problem] = []
    plain_folders: set[str] = set()
    for path in chosen:
        outcome = _read(listing, path, plain_folders)
        if isinstance(outcome, File):
            files.append(outcome)
        else:
            problems.append(outcome)
    return Found(tuple(files), tuple(problems), tuple(idle))


def _choose(paths: Iterable[str], also: Sequence[Pattern], ignore: Sequence[Pattern]) -> tuple[list[str], list[Pattern]]:
    extra = [(pattern, glob_pattern(pattern.text)) for pattern in also]
    ignored = [(pattern, glob_pattern(pattern.text)) for pattern in ignore]
    used: set[Pattern] = set()
    chosen: list[str] = []
    for path in paths:
        if _GOVERNANCE.fullmatch(path):
            continue
        skipped = [pattern for pattern, glob in ignored if glob.fullmatch(path)]
        added = [pattern for pattern, glob in extra if glob.fullmatch(path)]
        used.update(skipped, added)
        if not skipped and (added or _NEARLY.fullmatch(path)):
            chosen.append(path)
    idle = [pattern for pattern in (*also, *ignore) if pattern not in used]
    return chosen, idle


def _read(listing: Listing, path: str, plain_folders: set[str]) -> File | Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    place = whole_file(ORIGIN, shown)
    if shown != path:
        return Problem(place, "bad-file-name", f"the file name {shown} is not UTF-8; rename it")
    near = _NEARLY.fullmatch(path)
    if near and not _MANIFEST.fullmatch(path):
        folder, slash, name = path.rpartition("/")
        wanted = f"{folder}{slash}{re.sub('[.]yml$', '.yaml', name.lower())}"
        return Problem(place, "nearly-a-manifest", f"{path} looks like a manifest and is not read as one; rename it to {wanted}")
    if path in listing.submodules:
        return Problem(place, "submodule", f"{path} is a submodule, not a manifest; rename it")
    if path in listing.absent:
        return Problem(place, "not-checked-out", f"{path} is tracked and not checked out; widen the sparse checkout to it")
    return read_regular(listing, path, plain_folders)


def read_regular(listing: Listing, path: str, plain_folders: set[str]) -> File | Problem:
    """A regular file, up to one byte more than `MAX_BYTES`; `plain_folders` remembers the folders that are no links."""
    place = whole_file(ORIGIN, path)
    full = os.path.join(listing.root, path)  # noqa: PTH118 - ten times faster than pathlib, for ten thousand files
    try:
        status = os.lstat(full)
        if stat.S_ISLNK(status.st_mode):
            return Problem(place, "link", f"{path} is a symbolic link; put the manifest itself there")
        if not stat.S_ISREG(status.st_mode):
            return Problem(place, "not-a-file", f"{path} is not a regular file; put the manifest itself there")
        if through_link(listing, path.rpartition("/")[0], plain_folders):
            return Problem(place, "link", f"{path} lies behind a symbolic link; put the manifest itself there")
        with open(full, "rb") as stream:  # noqa: PTH123 - as above
            # Asking for the largest size sets aside a megabyte a file; one byte more than it has shows whether it grew.
            content = stream.read(min(status.st_size, MAX_BYTES) + 1)
            if status.st_size < len(content) <= MAX_BYTES:
                content += stream.read(MAX_BYTES + 1 - len(content))
            return File(ORIGIN, path, content)
    except OSError as error:
        return Problem(place, "unreadable", f"{path} cannot be read: {error.strerror}")


def through_link(listing: Listing, folder: str, plain_folders: set[str]) -> bool:
    """Whether a folder on the way is a symbolic link; folders that are not are remembered."""
    passed = []
    while folder and folder not in plain_folders:
        if (listing.root / folder).is_symlink():
            return True
        passed.append(folder)
        folder = folder.rpartition("/")[0]
    plain_folders.update(passed)
    return False


def read_settings_file(listing: Listing, path: str) -> File | Problem | None:
    """A governance file below `.shipcheck/`, or None where there is none."""
    if not (listing.root / path).exists() and not (listing.root / path).is_symlink():
        return None
    return read_regular(listing, path, set())
