"""The files of a repository that are started from outside, as its files of projects, images, services and CI say.

What is started there is a component wherever it is, in a folder of tests or examples too. Everything is read as data: paths are
resolved in the list of paths, no command is run, and a file that cannot be read names nothing and is reported.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.discover.command_words import started_by, started_by_line, started_in
from shipcheck.discover.entry_places import Form, Place, declared_places, folders_in, is_script, may_declare, places_within
from shipcheck.discover.file_kinds import UNKNOWN, kind_of
from shipcheck.discover.line_entries import Started, lines_of
from shipcheck.discover.tree_paths import TreePaths, normal
from shipcheck.model.document import Mapping, Node, Scalar
from shipcheck.model.document import Sequence as Items
from shipcheck.model.location import HEAD, Location, whole_file

# A script that an entry starts may start others.
_DEPTH = 3
_MOST_BYTES = 1024 * 1024


class Entry(NamedTuple):
    """A file that is started from outside, and the place that says so."""

    path: str
    place: Location


@dataclass(frozen=True, slots=True)
class Entries:
    """Every entry, by path; the files that could not be read for entries, and those where looking was given up."""

    found: tuple[Entry, ...]
    unread: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The files that are started."""
        return frozenset(entry.path for entry in self.found)


class Readers(NamedTuple):
    """How files are read: the bytes of one, None where it cannot be read, and its documents, none where these cannot be."""

    read: Callable[[str], bytes | None]
    parse: Callable[[str], tuple[Node, ...]]


def may_have_entries(path: str) -> bool:
    """Whether a file is looked into for entries, by its name."""
    return bool(lines_of(path) or declared_places(path) or may_declare(path))


def entries_of(paths: Iterable[str], readers: Readers, origin: str = HEAD) -> Entries:
    """The entries that the files among these paths declare."""
    collector = _Collector(tuple(paths), readers, origin)
    collector.collect()
    return Entries(tuple(sorted(collector.found.values())), tuple(collector.unread), tuple(collector.cut))


class _Collector:
    """Looks into each file that may declare entries, once."""

    def __init__(self, paths: tuple[str, ...], readers: Readers, origin: str) -> None:
        self.paths = paths
        self.tree = TreePaths(paths)
        self.readers = readers
        self.origin = origin
        self.found: dict[str, Entry] = {}
        self.unread: list[str] = []
        self.cut: list[str] = []
        self.roots = tuple(sorted({path.rpartition("/")[0] for path in paths if declared_places(path) or lines_of(path)}))[:20]

    def collect(self) -> None:
        """Every entry of every file."""
        for path in self.paths:
            if self.tree.is_spent:
                self.cut.append(path)
                return
            by_lines = lines_of(path)
            if by_lines is not None:
                self._of_lines(path, by_lines)
            elif places := declared_places(path):
                self._of_documents(path, places)
            elif may_declare(path):
                self._of_any_yaml(path)

    def _of_lines(self, path: str, read_lines: Callable[[str, TreePaths, str], Iterator[Started]]) -> None:
        text = self._text(path)
        if text is not None:
            for file, line in read_lines(text, self.tree, path):
                self._add(file, Location(self.origin, path, line, 1, line, 1))

    def _text(self, path: str) -> str | None:
        content = self.readers.read(path)
        if content is None or len(content) > _MOST_BYTES:
            self.unread.append(path)
            return None
        return content.decode("utf-8", "replace")

    def _of_documents(self, path: str, places: Sequence[Place]) -> None:
        documents = self.readers.parse(path)
        if not documents:
            self.unread.append(path)
        for document in documents:
            folders = (path.rpartition("/")[0], *folders_in(document, path), "")
            known = tuple(dict.fromkeys(folder for folder in folders if self.tree.is_folder(folder)))
            for place in places:
                for node in _at(document, place.keys):
                    self._of_node(path, node, place.form, known)

    def _of_any_yaml(self, path: str) -> None:
        """A file of Kubernetes or of a cloud's functions, which may have any name; one of another kind is not parsed."""
        content = self.readers.read(path)
        places = places_within(content) if content is not None and len(content) <= _MOST_BYTES else ()
        if places:
            for document in self.readers.parse(path):
                own = (path.rpartition("/")[0], *folders_in(document, path))
                folders = tuple(dict.fromkeys((*own, *self.roots, "")))
                for place in places:
                    for node in _at(document, place.keys):
                        self._of_node(path, node, place.form, folders)

    def _of_node(self, path: str, node: Node, form: Form, folders: Sequence[str]) -> None:
        for scalars, files in self._started(node, form, folders):
            for file in files:
                self._add(file, self._place(path, scalars))

    def _started(self, node: Node, form: Form, folders: Sequence[str]) -> Iterator[tuple[Scalar, Iterable[str]]]:
        """The files that a value starts, with the text that says so."""
        if isinstance(node, Items):
            words = tuple(item for item in node.items if isinstance(item, Scalar))
            if form == "words" and words:
                yield words[0], started_by([word.text for word in words], self.tree, folders)
            elif form == "command":
                yield from ((word, started_in(word.text, self.tree, folders)) for word in words)
        elif isinstance(node, Scalar) and node.text:
            if form in {"command", "words"}:
                yield node, started_in(node.text, self.tree, folders)
            else:
                yield node, (file for file in (self._named(node.text, form, folders),) if file)

    def _named(self, text: str, form: Form, folders: Sequence[str]) -> str:
        """The file that a text names: as a path, perhaps with an object behind it, as a module, or as a handler."""
        before, _, behind = text.partition(":")
        if form == "module":
            return self.tree.module(folders, before.partition("[")[0].strip())
        if form == "handler":
            stem = text.rpartition(".")[0]
            return self.tree.file(folders, stem) or (self.tree.module(folders, stem) if "/" not in stem else "")
        if "*" in text or "://" in text:
            return ""
        return self.tree.file(folders, before if behind else text)

    def _place(self, path: str, scalar: Scalar) -> Location:
        """The place of a text; one that has none is looked for in the file."""
        if scalar.line:
            return Location(self.origin, path, scalar.line, scalar.column, scalar.end_line, scalar.end_column)
        content = self.readers.read(path) or b""
        first = scalar.text.partition("\n")[0].encode("utf-8", "surrogatepass")
        at = content.find(first)
        line = content.count(b"\n", 0, at) + 1
        return Location(self.origin, path, line, 1, line, 1) if at >= 0 else whole_file(self.origin, path)

    def _add(self, file: str, place: Location, depth: int = 0) -> None:
        """Note an entry that holds code, with what it starts itself if it is a script of commands."""
        if file in self.found or file == place.path or kind_of(file).group == "plain":
            return
        self.found[file] = Entry(file, place)
        is_candidate = kind_of(file).word == "shell" or kind_of(file) == UNKNOWN
        if not is_candidate or depth >= _DEPTH or self.tree.is_spent:
            return
        content = self.readers.read(file)
        if content is None or not is_script(file, content):
            return
        folders = (file.rpartition("/")[0], *_parents(file))
        for started, line in started_by_line(content.decode("utf-8", "replace"), self.tree, folders):
            self._add(started, Location(self.origin, file, line, 1, line, 1), depth + 1)


def _parents(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        folder = normal(folder, "..") or ""
        yield folder


def _at(node: Node, keys: Sequence[str]) -> Iterator[Node]:
    """The values at a path of keys, of which `*` is any key or item, and `**` any number of them."""
    if not keys:
        yield node
        return
    key, rest = keys[0], keys[1:]
    if key == "**":
        yield from _at(node, rest)
    for name, value in _children(node):
        if key == "**":
            yield from _at(value, keys)
        elif key in {"*", name}:
            yield from _at(value, rest)


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Mapping):
        yield from ((key.text, value) for key, value in node.entries)
    elif isinstance(node, Items):
        yield from (("", item) for item in node.items)
