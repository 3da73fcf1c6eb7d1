"""The files that facts are collected from: those of the source that the manifests come from."""

from typing import Protocol


class Tree(Protocol):
    """A source's files by their paths, relative to its root, with `/`, exactly as the source lists them."""

    def lists(self, path: str) -> bool:
        """Whether the source has anything of that name: a file, a link, a submodule, or a file that is not checked out."""

    def holds(self, path: str) -> bool | None:
        """Whether that is a regular file of the source; None if it cannot be determined."""

    def read(self, path: str) -> bytes | None:
        """The content of a regular file of the source; None if it cannot be read or is larger than a source reads."""

    def spelled(self, path: str) -> str:
        """The first file whose path differs from this one in case alone; empty if there is none."""

    def has_folder(self, folder: str) -> bool:
        """Whether the source has anything below a folder."""
