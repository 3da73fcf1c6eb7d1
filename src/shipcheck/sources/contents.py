"""What a worktree holds under a path, for facts about the code; see facts/tree.py."""

import os
import stat
from bisect import bisect_left
from functools import partial

from shipcheck.model.document import File
from shipcheck.sources.manifests import MAX_BYTES, read_regular, through_link
from shipcheck.sources.worktree import Listing


class WorktreeFiles:
    """The listed files of a worktree: never an ignored one, one behind a link, or one in a submodule."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._plain_folders: set[str] = set()
        self._position = partial(bisect_left, listing.paths)

    def lists(self, path: str) -> bool:
        """Whether the listing has that path."""
        return self._listing.paths[(at := self._position(path)) : at + 1] == (path,)

    def holds(self, path: str) -> bool | None:
        """Whether that is a listed regular file; None where it is not checked out or cannot be looked at."""
        if not self.lists(path) or path in self._listing.submodules:
            return False
        if path in self._listing.absent:
            return None
        try:
            regular = stat.S_ISREG(os.lstat(self._listing.root / path).st_mode)
        except OSError:
            return None
        return regular and not through_link(self._listing, path.rpartition("/")[0], self._plain_folders)

    def read(self, path: str) -> bytes | None:
        """The content of a listed regular file of at most a mebibyte; None otherwise."""
        if not self.holds(path):
            return None
        found = read_regular(self._listing, path, self._plain_folders)
        return found.content if isinstance(found, File) and len(found.content) <= MAX_BYTES else None

    def has_folder(self, folder: str) -> bool:
        """Whether the listing has anything below that folder."""
        at = self._position(f"{folder}/")
        return any(path.startswith(f"{folder}/") for path in self._listing.paths[at : at + 1])
