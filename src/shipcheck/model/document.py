"""A parsed YAML file in which every key and value has its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.model.location import Location, Texts

MAX_BYTES = 1024 * 1024
LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class Scalar(NamedTuple):
    """A scalar as written. Lines and columns are 1-based; the end column is the first column after it."""

    text: str
    plain: bool
    line: int
    column: int
    end_line: int
    end_column: int


class Sequence(NamedTuple):
    """A list. Lines and columns are as in `Scalar`: `end_line` and `end_column` are right behind the last item."""

    items: tuple["Node", ...]
    line: int
    column: int
    end_line: int
    end_column: int


class Mapping(NamedTuple):
    """A map with its keys in the order written; keys are unique. Lines and columns are as in `Sequence`."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int
    end_line: int
    end_column: int

    def find(self, key: str) -> tuple[Scalar, "Node"] | None:
        """The entry with that key, as its key and its value; None if there is none."""
        for entry in self.entries:
            if entry[0].text == key:
                return entry
        return None


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of one file and where they came from.

    `origin` says which tree (see location.py, or a pack's name); `path` is relative to that tree's root and uses `/`.
    """

    origin: str
    path: str
    content: bytes


# The entries of every section of a file: key and value by the names of the section and of the entry.
Entries = dict[tuple[str, str], tuple[Scalar, Node]]


def _cannot_reopen(file: File) -> Entries:
    raise LookupError(f"{file.path} was not read from a file")


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose parsed tree is released; `reopen` parses it again if a place in one of its entries is needed.

    Places are needed only for failures, which are few; the trees of all files together are most of a run's memory.
    """

    file: File
    reopen: Callable[[File], Entries] = _cannot_reopen

    def locate(self, node: Node) -> Location:
        """The place of `node` in the file."""
        return Location(self.file.origin, self.file.path, node.line, node.column, node.end_line, node.end_column)


@dataclass(frozen=True, slots=True)
class Document:
    """One strict YAML document."""

    file: File
    root: Node
    reopen: Callable[[File], Entries] = _cannot_reopen

    def locate(self, node: Node) -> Location:
        """The place of `node` in this document's file."""
        return self.source.locate(node)

    @property
    def source(self) -> Source:
        """The document without its tree."""
        return Source(self.file, self.reopen)


def nothing(document: Document) -> bool:
    """Whether the document is empty."""
    root = document.root
    return isinstance(root, Scalar) and root.plain and root.text == ""


def below(node: Node) -> Iterator[Node]:
    """Every key and value below a node, in the order written."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield value
            yield from below(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield item
            yield from below(item)


def texts_of(files: Iterable[File]) -> Texts:
    """The content of files by their origin and path, from which reports quote lines."""
    return {(file.origin, file.path): file.content for file in files}
