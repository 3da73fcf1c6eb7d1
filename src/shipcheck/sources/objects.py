"""The files that git holds as objects: those of the index, and those of a revision."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from shipcheck.model.document import MAX_BYTES, File
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.problem import Problem
from shipcheck.sources.git import run_git
from shipcheck.sources.source import Source

_LINK, _SUBMODULE, _FILE = "120000", "160000", "100"
_MERGED = "0"
# `git add --intent-to-add` leaves an entry that no commit will have: this flag, and the object of the empty file.
_INTENT = 0x2000_0000
_FLAGS = re.compile(rb"flags: ([0-9a-f]+)\n")
_DETAILS = re.compile(rb"(?: +(?:ctime|mtime|dev|uid|size):[^\n]*\n)*")


class Entry(NamedTuple):
    """A path as git holds it: its mode, its object, and whether no conflict is left open."""

    mode: str
    object: str
    merged: bool


class Objects(Source):
    """Files by their objects; nothing of the worktree is looked at."""

    def __init__(self, root: Path, kind: str, entries: Mapping[str, Entry], revision: str = "", origin: str = HEAD) -> None:
        super().__init__(kind, tuple(sorted(entries)), revision, origin)
        self._root = root
        self._entries = entries
        self._contents: dict[str, bytes | None] = {}

    def holds(self, path: str) -> bool | None:
        """Whether that is a listed regular file; None where a conflict is open."""
        entry = self._entries.get(path)
        if entry is None:
            return False
        return entry.mode.startswith(_FILE) if entry.merged else None

    def file(self, path: str) -> File | Problem:
        """A listed file, up to one byte more than `MAX_BYTES`; a problem where it is no regular file or cannot be read."""
        place = whole_file(self.origin, path)
        entry = self._entries[path]
        if not entry.merged:
            return Problem(place, "unmerged", f"{path} has a conflict that is not resolved; resolve it and 'git add' the file")
        if entry.mode == _SUBMODULE:
            return Problem(place, "submodule", f"{path} is a submodule, not a manifest; rename it")
        if entry.mode == _LINK:
            return Problem(place, "link", f"{path} is a symbolic link; put the manifest itself there")
        self.prefetch((path,))
        content = self._contents[entry.object]
        if content is None:
            message = f"{path} cannot be read: this clone does not have its content; clone without --filter, or fetch it"
            return Problem(place, "unreadable", message)
        return File(self.origin, path, content)

    def prefetch(self, paths: Sequence[str]) -> None:
        """Read the objects of these files, all with two calls to git."""
        entries = [self._entries[path] for path in paths if path in self._entries]
        wanted = [entry.object for entry in entries if entry.merged and entry.mode.startswith(_FILE)]
        missing = sorted({name for name in wanted if name not in self._contents})
        if missing:
            self._contents.update(_contents(self._root, missing))


def list_index(root: Path, index: Path | None = None) -> Objects:
    """Every file of the index below `root`: what the next commit will hold.

    Raises:
        CannotJudgeError: git cannot list it.
    """
    output = run_git(root, "ls-files", "-z", "--stage", "--debug", index=index)
    return Objects(root, "index", dict(_staged(output)))


def list_revision(root: Path, revision: str, origin: str = HEAD) -> Objects:
    """Every file of a commit below `root`; the commit is given by its full name.

    Raises:
        CannotJudgeError: git cannot list it.
    """
    output = run_git(root, "ls-tree", "-r", "-z", revision)
    fields = (entry.split("\t", 1) for entry in os.fsdecode(output).split("\0") if entry)
    entries = {path: Entry(said.split()[0], said.split()[2], merged=True) for said, path in fields}
    return Objects(root, "revision", entries, revision, origin)


def _staged(output: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries of the index; what is said about one follows it, before the next begins."""
    pieces = output.split(b"\0")
    for piece, after in pairwise(pieces):
        said, _, path = piece[_details(piece) :].partition(b"\t")
        mode, name, stage = said.decode("ascii").split()
        flags = _FLAGS.search(after[: _details(after)])
        if not (flags and int(flags[1], 16) & _INTENT):
            yield os.fsdecode(path), Entry(mode, name, stage == _MERGED)


def _details(piece: bytes) -> int:
    found = _DETAILS.match(piece)
    return found.end() if found else 0


def _contents(root: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """What the objects hold; of one larger than a source reads, as much as shows that it is."""
    sizes = run_git(root, "cat-file", "--batch-check=%(objecttype) %(objectsize)", given=_lines(names)).splitlines()
    small = []
    for name, said in zip(names, sizes, strict=True):
        kind, _, size = said.partition(b" ")
        if kind != b"blob":
            yield name, None
        elif int(size) > MAX_BYTES:
            yield name, bytes(MAX_BYTES + 1)
        else:
            small.append((name, int(size)))
    held = run_git(root, "cat-file", "--batch=%(objectsize)", given=_lines([name for name, _ in small]))
    start = 0
    for name, length in small:
        start = held.index(b"\n", start) + 1
        yield name, held[start : start + length]
        start += length + 1


def _lines(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")
