"""Small accessors for the values of a file."""

from collections.abc import Iterator

from shipcheck.model.doctor import text_of
from shipcheck.model.document import Mapping, Node, Scalar, Sequence


def entry(node: Node | None, key: str) -> tuple[Scalar, Node] | None:
    """The entry of a map with that key; None if there is none, or the node is not a map."""
    return node.find(key) if isinstance(node, Mapping) else None


def value(node: Node | None, *keys: str) -> Node | None:
    """The value at a path of keys."""
    for key in keys:
        child = entry(node, key)
        node = child[1] if child else None
    return node


def text(node: Node | None, *keys: str) -> str:
    """The text at a path of keys; empty if there is none."""
    return text_of(value(node, *keys))


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list, or the one node in place of a list."""
    if isinstance(node, Sequence):
        return node.items
    return () if node is None else (node,)


def names(node: Node | None) -> tuple[Scalar, ...]:
    """The names of a list, of a map's keys, or the one name."""
    if isinstance(node, Mapping):
        return tuple(key for key, _ in node.entries)
    return tuple(item for item in items(node) if isinstance(item, Scalar))


def entries(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a map; none for anything else."""
    if isinstance(node, Mapping):
        yield from node.entries


def is_false(node: Node) -> bool:
    """Whether a value is exactly the word false; anything else may turn out to be true."""
    return text_of(node).strip().lower() == "false"


def is_true(node: Node | None) -> bool:
    """Whether a value is exactly the word true."""
    return text_of(node).strip().lower() == "true"
