"""The files of a folder: listed by git in a repository, otherwise by walking the folder."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from shipcheck.model.document import File
from shipcheck.model.file_sizes import most_bytes
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.problem import Problem
from shipcheck.presence import entries, exists, files_below, is_folder, is_link, own_mode
from shipcheck.sources.git import repository_top, run_git
from shipcheck.sources.objects import object_beginnings
from shipcheck.sources.source import BEGINNING, FOLDER, Source

GIT_FOLDER = ".git"
NONE_ABSENT: Mapping[str, str] = MappingProxyType({})


class Worktree(Source):
    """The files on disk: never an ignored one, one behind a link, or one in a submodule.

    `absent` are tracked files that a sparse checkout leaves out, each with its object in the index.
    """

    def __init__(
        self,
        root: Path,
        paths: tuple[str, ...],
        absent: Mapping[str, str] = NONE_ABSENT,
        submodules: frozenset[str] = frozenset(),
        kind: str = "worktree",
    ) -> None:
        super().__init__(kind, paths, origin=HEAD)
        self._root = root
        self._absent = absent
        self._submodules = submodules
        self._plain_folders: set[str] = set()

    def file(self, path: str) -> File | Problem:
        """A listed file, up to one byte more than `most_bytes`; a problem if it is not a regular file or cannot be read."""
        place = whole_file(self.origin, path)
        if path in self._submodules:
            return Problem(place, "submodule", f"{path} is a submodule, not a manifest; rename it")
        if path in self._absent:
            return Problem(place, "not-checked-out", f"{path} is tracked but not checked out; include it in the sparse checkout")
        return self._regular(path)

    def _regular(self, path: str) -> File | Problem:
        place = whole_file(self.origin, path)
        full = os.path.join(self._root, path)  # noqa: PTH118 - ten times faster than pathlib, for ten thousand files
        try:
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                return Problem(place, "link", f"{path} is a symbolic link; put the manifest itself there")
            if not stat.S_ISREG(status.st_mode):
                return Problem(place, "not-a-file", f"{path} is not a regular file; put the manifest itself there")
            if self._through_link(path.rpartition("/")[0]):
                return Problem(place, "link", f"{path} is behind a symbolic link; put the manifest itself there")
            with open(full, "rb") as stream:  # noqa: PTH123 - as above
                # Reading with the largest size allocates a megabyte for each file; one byte more than its size shows whether it
                # grew.
                most = most_bytes(path)
                content = stream.read(min(status.st_size, most) + 1)
                if status.st_size < len(content) <= most:
                    content += stream.read(most + 1 - len(content))
                return File(self.origin, path, content)
        except OSError as error:
            return Problem(place, "unreadable", f"{path} cannot be read: {error.strerror}")

    def beginnings(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem | None]]:
        """The first bytes of the listed regular files; those that are not checked out are read from the index."""
        yield from object_beginnings(self._root, {path: self._absent[path] for path in paths if path in self._absent})
        for path in paths:
            if path not in self._absent and path not in self._submodules and (content := self._beginning(path)) is not None:
                yield path, content

    def _beginning(self, path: str) -> bytes | Problem | None:
        """The first bytes; None for what is not a regular file of this folder, and for a file that is gone by now."""
        full = os.path.join(self._root, path)  # noqa: PTH118 - as above
        try:
            if not stat.S_ISREG(os.lstat(full).st_mode) or self._through_link(path.rpartition("/")[0]):
                return None
            handle = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                return os.read(handle, BEGINNING)
            finally:
                os.close(handle)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Problem(whole_file(self.origin, path), "unreadable", f"{path} cannot be read: {error.strerror}")

    def _through_link(self, folder: str) -> bool:
        """Whether a parent folder is a symbolic link; folders that are not are cached."""
        passed = []
        while folder and folder not in self._plain_folders:
            if is_link(self._root / folder):
                return True
            passed.append(folder)
            folder = folder.rpartition("/")[0]
        self._plain_folders.update(passed)
        return False

    def holds(self, path: str) -> bool | None:
        """Whether that is a listed regular file; None if it is not checked out or cannot be examined."""
        if not self.lists(path) or path in self._submodules:
            return False
        if path in self._absent:
            return None
        try:
            regular = stat.S_ISREG(os.lstat(self._root / path).st_mode)
        except OSError:
            return None
        return regular and not self._through_link(path.rpartition("/")[0])

    def governance(self) -> tuple[str, ...]:
        """Every path of the governance folder, including those that git ignores, and the folder itself if it is not a folder."""
        folder = self._root / FOLDER
        if is_link(folder) or (exists(folder) and not is_folder(folder)):
            return (FOLDER,)
        paths = {path for path in super().governance() if path != FOLDER or FOLDER in self._submodules}
        paths.update(path.relative_to(self._root).as_posix() for path in files_below(folder))
        return tuple(sorted(paths))


def list_worktree(root: Path) -> Worktree:
    """Every file below `root`: tracked, or untracked and not ignored, in a git repository; all files elsewhere.

    Raises:
        CannotJudgeError: git cannot list it, or this user may not look into a folder of it.
    """
    if repository_top(root) is None:
        return Worktree(root, tuple(sorted(_walk(root))), kind="folder")
    listed = run_git(root, "ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard")
    staged = run_git(root, "ls-files", "-z", "--stage")
    tagged = [entry.split(" ", 1) for entry in _decoded(listed)]
    tracked = [entry.partition("\t") for entry in _decoded(staged)]
    skipped = {path for tag, path in tagged if tag == "S" and own_mode(root / path) is None}
    absent = {path: details.split(" ")[1] for details, _, path in tracked if path in skipped}
    submodules = frozenset(path for details, _, path in tracked if details.startswith("160000 "))
    paths = {path for _, path in tagged if path in absent or own_mode(root / path) is not None}
    return Worktree(root, tuple(sorted(paths)), absent, submodules)


def _decoded(output: bytes) -> list[str]:
    return [os.fsdecode(entry) for entry in output.split(b"\0") if entry]


def _walk(root: Path) -> list[str]:
    """Every path below the folder that is not a folder; links are listed, never followed."""
    paths: list[str] = []
    queue = [""]
    for prefix in queue:
        for entry in entries(root / prefix if prefix else root):
            path = f"{prefix}/{entry.name}" if prefix else entry.name
            if not entry.is_dir(follow_symlinks=False):
                paths.append(path)
            elif entry.name != GIT_FOLDER:
                queue.append(path)
    return paths
