"""What all sources of a repository's files have in common: a folder, the index or a revision."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial

from shipcheck.model.document import LFS_POINTER, MAX_BYTES, File
from shipcheck.model.location import HEAD
from shipcheck.model.problem import Problem

FOLDER = ".shipcheck"
# How many bytes of a file are its beginning.
BEGINNING = 4096


class Source(ABC):
    """The files of one state of a repository, by their paths relative to its root, with `/`, sorted.

    `kind` is worktree, folder, index or revision, and `revision` the commit, if any. `origin` marks everything that is read from
    here. Facts about the code read it as a tree; see facts/tree.py.
    """

    def __init__(self, kind: str, paths: tuple[str, ...], revision: str = "", origin: str = HEAD) -> None:
        self.kind = kind
        self.revision = revision
        self.origin = origin
        self.paths = paths
        self._position = partial(bisect_left, paths)
        self._lowered: dict[str, str] | None = None

    @abstractmethod
    def file(self, path: str) -> File | Problem:
        """A listed file, up to one byte more than `most_bytes`; a problem if it is not a regular file or cannot be read."""

    @abstractmethod
    def holds(self, path: str) -> bool | None:
        """Whether that is a listed regular file; None if it cannot be determined."""

    def prefetch(self, paths: Sequence[str]) -> None:  # noqa: B027 - most sources read one file as quickly as many
        """Read these files ahead, if reading many at once is faster than one by one."""

    @abstractmethod
    def beginnings(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem | None]]:
        """The first `BEGINNING` bytes of the listed regular files among `paths`, each with its path.

        A problem if the file cannot be read, None if a partial clone does not have it.
        """

    def governance(self) -> tuple[str, ...]:
        """Every path of the governance folder, and the folder itself if it is not a folder."""
        return (*((FOLDER,) if self.lists(FOLDER) else ()), *self.below(FOLDER))

    def lists(self, path: str) -> bool:
        """Whether anything has that name: a file, a link, a submodule, or a file that is not checked out."""
        return self.paths[(at := self._position(path)) : at + 1] == (path,)

    def spelled(self, path: str) -> str:
        """The first file whose path differs from this one in case alone; empty if there is none."""
        if self._lowered is None:
            self._lowered = {each.lower(): each for each in reversed(self.paths)}
        found = self._lowered.get(path.lower(), "")
        return "" if found == path else found

    def has_folder(self, folder: str) -> bool:
        """Whether anything is below that folder."""
        at = self._position(f"{folder}/")
        return any(path.startswith(f"{folder}/") for path in self.paths[at : at + 1])

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths below a folder."""
        return self.paths[self._position(f"{folder}/") : self._position(f"{folder}0")]  # '0' follows '/'

    def read(self, path: str) -> bytes | None:
        """The content of a listed regular file of at most one mebibyte; None otherwise, and for a Git LFS pointer."""
        if not self.holds(path):
            return None
        file = self.file(path)
        if not isinstance(file, File) or len(file.content) > MAX_BYTES or file.content.startswith(LFS_POINTER):
            return None
        return file.content
