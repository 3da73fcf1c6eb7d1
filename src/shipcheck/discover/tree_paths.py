"""Which file of a repository a text in one of its files means: decided by the list of paths alone, never by the file system."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

_SCRIPT_ENDINGS = (".py", ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".tsx", ".jsx")
_INDEXES = ("index.js", "index.ts", "index.mjs", "index.tsx", "__main__.py", "__init__.py")
# Folders that builds write to; what is there comes from a source file of the same name.
_BUILT = frozenset({"dist", "build", "lib", "out", "es", "esm", "cjs", ".output", "target"})
_SOURCE_FOLDERS = ("src", "source", "app", "")
# The folder of an image in which a repository is copied is rarely deeper.
_MOST_LEVELS = 8
_MOST_ALIKE = 3
# Look-ups of a run, about a second of work: a hundred times of what large repositories need.
FUEL = 2_000_000


def normal(folder: str, text: str) -> str | None:
    """The path that a text means in a folder, from the root, without `.` and `..`; None outside of the repository."""
    parts = [part for part in folder.split("/") if part]
    for part in text.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


class TreePaths:
    """The paths of a repository, with the questions that commands and settings of others ask about them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files = frozenset(paths)
        self._folders = frozenset(_folders(self._files))
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._files):
            self._by_name[path.rpartition("/")[2]].append(path)
        self._left = FUEL

    @property
    def is_spent(self) -> bool:
        """Whether so much was asked that further questions find nothing."""
        return self._left <= 0

    def is_folder(self, folder: str) -> bool:
        """Whether anything is below that folder; the root is one."""
        return not folder or folder in self._folders

    def folder_of(self, path: str) -> str | None:
        """The folder that a path is, or that the file of that path is in; None where nothing has that path."""
        if self.is_folder(path):
            return path
        return path.rpartition("/")[0] if path in self._files else None

    def file(self, folders: Sequence[str], text: str) -> str:
        """The file that a text names in one of the folders, with an ending it lacks, or the source of a built one; else empty.

        Of an absolute path, the parts that this repository has count: `/app/src/main.py` may be its `src/main.py`.
        """
        tails = _tails(text) if text.startswith("/") else (text,)
        for tail in tails:
            for folder in folders:
                path = normal(folder, tail)
                found = self._nearly(path, folder) if path else ""
                if found:
                    return found
        return ""

    def _nearly(self, path: str, folder: str) -> str:
        self._left -= 1
        if path in self._files or self.is_spent:
            return path if path in self._files else ""
        others = (*_with_ending(path), *_sources(path, folder))
        self._left -= len(others)
        return next((each for each in others if each in self._files), "")

    def module(self, folders: Sequence[str], dotted: str) -> str:
        """The file of a Python module that can be imported from one of the folders or their `src`, else one that ends so."""
        path = dotted.replace(".", "/")
        ways = (f"{path}.py", f"{path}/__main__.py", f"{path}/__init__.py")
        self._left -= len(folders) * 2 * len(ways)
        for folder in folders:
            for inner in (folder, f"{folder}/src" if folder else "src"):
                found = next((each for way in ways if (each := f"{inner}/{way}" if inner else way) in self._files), "")
                if found:
                    return found
        # A single name may be that of any package: `python -m build` starts no file called so somewhere.
        for way in ways if "." in dotted else ():
            named = self._by_name.get(way.rpartition("/")[2], [])
            self._left -= len(named)
            alike = [] if self.is_spent else [each for each in named if each.endswith(f"/{way}")]
            if 0 < len(alike) <= _MOST_ALIKE:
                return alike[0]
        return ""


def _folders(paths: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]


def _tails(text: str) -> tuple[str, ...]:
    """An absolute path without its first parts, the longest first."""
    parts = [part for part in text.split("/") if part][-_MOST_LEVELS:]
    return tuple("/".join(parts[at:]) for at in range(len(parts)))


def _with_ending(path: str) -> Iterator[str]:
    yield from (f"{path}{ending}" for ending in _SCRIPT_ENDINGS)
    yield from (f"{path}/{name}" for name in _INDEXES)


def _sources(path: str, folder: str) -> Iterator[str]:
    """What a built file may come from: `dist/a.js` from `src/a.ts`. The built folder is below `folder`."""
    inner = path.removeprefix(f"{folder}/") if folder else path
    parts = inner.split("/")
    if len(parts) < 2 or parts[0] not in _BUILT:
        return
    kept = parts[1:]
    while kept and kept[0] in _BUILT:
        kept = kept[1:]
    if not kept:
        return
    stem = _without_ending("/".join(kept))
    for source in _SOURCE_FOLDERS:
        for ending in _SCRIPT_ENDINGS:
            yield "/".join(part for part in (folder, source, f"{stem}{ending}") if part)


def _without_ending(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.partition('.')[0] or name}"
