"""The files that git stores as objects: those of the index, and those of a revision."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from shipcheck.model.document import File
from shipcheck.model.file_sizes import most_bytes
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.problem import Problem
from shipcheck.sources.git import run_git
from shipcheck.sources.source import BEGINNING, Source

_LINK, _SUBMODULE, _FILE = "120000", "160000", "100"
_MERGED = "0"
# `git add --intent-to-add` leaves an entry that no commit will contain: this flag, and the object of the empty file.
_INTENT = 0x2000_0000
_FLAGS = re.compile(rb"flags: ([0-9a-f]+)\n")
# So much is asked of git at once where only the beginnings of files are kept.
_BATCH = 32 * 1024 * 1024
_DETAILS = re.compile(rb"(?: +(?:ctime|mtime|dev|uid|size):[^\n]*\n)*")


class Entry(NamedTuple):
    """A path as git stores it: its mode, its object, and whether it has no unresolved conflict."""

    mode: str
    object: str
    merged: bool


class Objects(Source):
    """Files by their objects; the worktree is never read."""

    def __init__(self, root: Path, kind: str, entries: Mapping[str, Entry], revision: str = "", origin: str = HEAD) -> None:
        super().__init__(kind, tuple(sorted(entries)), revision, origin)
        self._root = root
        self._entries = entries
        self._contents: dict[tuple[str, int], bytes | None] = {}

    def holds(self, path: str) -> bool | None:
        """Whether that is a listed regular file; None if it has an unresolved conflict."""
        entry = self._entries.get(path)
        if entry is None:
            return False
        return entry.mode.startswith(_FILE) if entry.merged else None

    def file(self, path: str) -> File | Problem:
        """A listed file, up to one byte more than `most_bytes`; a problem if it is not a regular file or cannot be read."""
        place = whole_file(self.origin, path)
        entry = self._entries[path]
        if not entry.merged:
            return Problem(place, "unmerged", f"{path} has an unresolved conflict; resolve it and run 'git add'")
        if entry.mode == _SUBMODULE:
            return Problem(place, "submodule", f"{path} is a submodule, not a manifest; rename it")
        if entry.mode == _LINK:
            return Problem(place, "link", f"{path} is a symbolic link; put the manifest itself there")
        self.prefetch((path,))
        content = self._contents[entry.object, most_bytes(path)]
        if content is None:
            message = (
                f"{path} cannot be read: its content is missing from this partial clone; clone without --filter, or fetch it"
            )
            return Problem(place, "unreadable", message)
        return File(self.origin, path, content)

    def beginnings(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem | None]]:
        """The first bytes of the listed regular files, read with a few calls to git."""
        entries = {path: self._entries[path] for path in paths}
        named = {path: entry.object for path, entry in entries.items() if entry.merged and entry.mode.startswith(_FILE)}
        yield from object_beginnings(self._root, named)

    def prefetch(self, paths: Sequence[str]) -> None:
        """Read the objects of these files with two calls to git."""
        entries = [(self._entries[path], most_bytes(path)) for path in paths if path in self._entries]
        wanted = [(entry.object, most) for entry, most in entries if entry.merged and entry.mode.startswith(_FILE)]
        missing = sorted({key for key in wanted if key not in self._contents})
        if missing:
            self._contents.update(zip(missing, _contents(self._root, missing), strict=True))


def list_index(root: Path, index: Path | None = None) -> Objects:
    """Every file of the index below `root`: the content of the next commit.

    Raises:
        CannotJudgeError: git cannot list it.
    """
    output = run_git(root, "ls-files", "-z", "--stage", "--debug", index=index)
    return Objects(root, "index", dict(_staged(output)))


def list_revision(root: Path, revision: str, origin: str = HEAD) -> Objects:
    """Every file of a commit below `root`; the commit is given by its full hash.

    Raises:
        CannotJudgeError: git cannot list it.
    """
    output = run_git(root, "ls-tree", "-r", "-z", revision)
    fields = (entry.split("\t", 1) for entry in os.fsdecode(output).split("\0") if entry)
    entries = {path: Entry(details.split()[0], details.split()[2], merged=True) for details, path in fields}
    return Objects(root, "revision", entries, revision, origin)


def _staged(output: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries of the index; the debug details of an entry follow it, before the next entry."""
    pieces = output.split(b"\0")
    for piece, after in pairwise(pieces):
        details, _, path = piece[_details(piece) :].partition(b"\t")
        mode, name, stage = details.decode("ascii").split()
        flags = _FLAGS.search(after[: _details(after)])
        if not (flags and int(flags[1], 16) & _INTENT):
            yield os.fsdecode(path), Entry(mode, name, stage == _MERGED)


def _details(piece: bytes) -> int:
    match = _DETAILS.match(piece)
    return match.end() if match else 0


def object_beginnings(root: Path, named: Mapping[str, str]) -> Iterator[tuple[str, bytes | None]]:
    """The first `BEGINNING` bytes of each object, by the path that `named` gives it; None for one that this clone lacks."""
    paths: dict[str, list[str]] = {}
    for path, name in named.items():
        paths.setdefault(name, []).append(path)
    for batch in _batches(_sizes(root, list(paths))):
        for name, content in _read_whole(root, batch):
            beginning = None if content is None else content[:BEGINNING]
            yield from ((path, beginning) for path in paths[name])


def _batches(sized: Iterable[tuple[str, int | None]]) -> Iterator[list[tuple[str, int | None]]]:
    """The objects in groups of about `_BATCH` bytes."""
    batch: list[tuple[str, int | None]] = []
    total = 0
    for name, size in sized:
        batch.append((name, size))
        total += size or 0
        if total > _BATCH:
            yield batch
            batch, total = [], 0
    yield batch


def _contents(root: Path, wanted: Sequence[tuple[str, int]]) -> list[bytes | None]:
    """The contents of objects, each with the most bytes of it; for a larger one, just enough to show that it is."""
    limits: dict[str, int] = {}
    for name, most in wanted:
        limits[name] = max(most, limits.get(name, 0))
    sizes = dict(_sizes(root, list(limits)))
    small = [(name, size) for name, size in sizes.items() if size is not None and size <= limits[name]]
    contents = dict(_read_whole(root, small))
    return [_content(contents.get(name), sizes[name], most) for name, most in wanted]


def _content(content: bytes | None, size: int | None, most: int) -> bytes | None:
    return content if size is None or size <= most else bytes(most + 1)


def _sizes(root: Path, names: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """The size of each object; None for one that is not there."""
    if not names:
        return
    lines = run_git(root, "cat-file", "--batch-check=%(objecttype) %(objectsize)", given=_lines(names)).splitlines()
    for name, line in zip(names, lines, strict=True):
        kind, _, size = line.partition(b" ")
        yield name, int(size) if kind == b"blob" else None


def _read_whole(root: Path, sized: Sequence[tuple[str, int | None]]) -> Iterator[tuple[str, bytes | None]]:
    """The contents of objects whose size is known; None for one that is not there."""
    yield from ((name, None) for name, size in sized if size is None)
    there = [(name, size) for name, size in sized if size is not None]
    if not there:
        return
    output = run_git(root, "cat-file", "--batch=%(objectsize)", given=_lines([name for name, _ in there]))
    start = 0
    for name, length in there:
        start = output.index(b"\n", start) + 1
        yield name, output[start : start + length]
        start += length + 1


def _lines(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")
