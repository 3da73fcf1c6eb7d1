"""Files in memory, as facts are collected from them."""

from collections.abc import Mapping


class Files:
    """A source of these files; `links` are listed and are no regular files, `absent` are listed and not checked out."""

    def __init__(self, files: Mapping[str, str | bytes], *, links: tuple[str, ...] = (), absent: tuple[str, ...] = ()) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._links = links
        self._absent = absent
        self.reads: list[str] = []

    def lists(self, path: str) -> bool:
        """Whether the path is listed."""
        return path in self._files or path in self._links or path in self._absent

    def holds(self, path: str) -> bool | None:
        """Whether it is a regular file."""
        return None if path in self._absent else path in self._files

    def read(self, path: str) -> bytes | None:
        """Its content; every reading is written down."""
        self.reads.append(path)
        return self._files.get(path)

    def spelled(self, path: str) -> str:
        """The first file whose path differs from this one in case alone."""
        return next((each for each in self._files if each != path and each.lower() == path.lower()), "")

    def has_folder(self, folder: str) -> bool:
        """Whether something is below the folder."""
        return any(path.startswith(f"{folder}/") for path in (*self._files, *self._links, *self._absent))
