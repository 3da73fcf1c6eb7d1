"""The code beside the worlds of a pack's tests, for the facts that policies read; see facts/tree.py."""

from importlib.resources.abc import Traversable
from pathlib import Path

MAX_BYTES = 1024 * 1024


class WorldFiles:
    """The files below one folder of a pack. Links do not count. Without a folder nothing can be told of any file."""

    def __init__(self, folder: Traversable | None) -> None:
        self._folder = folder

    def lists(self, path: str) -> bool:
        """Whether there is something of that name."""
        return self._find(path) is not None

    def holds(self, path: str) -> bool | None:
        """Whether that is a regular file; None where there is no folder to look in."""
        if self._folder is None:
            return None
        found = self._find(path)
        return found is not None and found.is_file()

    def read(self, path: str) -> bytes | None:
        """The content of a regular file of at most a mebibyte; None otherwise."""
        found = self._find(path)
        if found is None or not found.is_file():
            return None
        with found.open("rb") as stream:
            content: bytes = stream.read(MAX_BYTES + 1)
        return content if len(content) <= MAX_BYTES else None

    def has_folder(self, folder: str) -> bool:
        """Whether there is such a folder."""
        found = self._find(folder)
        return found is not None and found.is_dir()

    def _find(self, path: str) -> Traversable | None:
        """What the path leads to, by the names that the folders list, and by no link."""
        found = self._folder
        for name in path.split("/"):
            if found is None or not found.is_dir():
                return None
            found = next((entry for entry in found.iterdir() if entry.name == name), None)
            if isinstance(found, Path) and found.is_symlink():
                return None
        return found
