"""The values of a document at a place, the tests on them, and the shape that a document has."""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from shipcheck.discover.detector_keys import Plain, plain_value
from shipcheck.discover.rule import Path, Place, Test
from shipcheck.model.document import Mapping, Node, Scalar, Sequence

KEY, VALUE, EACH = "key", "value", "*"
_TYPES = {"map": Mapping, "list": Sequence}


class Item(NamedTuple):
    """A value, the key that holds it if one does, and the keys that lead to it from the document; an item of a list has none."""

    path: tuple[str, ...]
    key: Scalar | None
    node: Node


def items_at(item: Item, path: Path) -> Iterator[Item]:
    """Every value at a path below an item; `*` is each value of a map or list."""
    if not path:
        yield item
    elif path[0] == EACH:
        for inner in _each(item):
            yield from items_at(inner, path[1:])
    else:
        found = _step(item, path)
        if found is not None:
            yield from items_at(*found)


def _each(item: Item) -> Iterator[Item]:
    if isinstance(item.node, Mapping):
        for key, node in item.node.entries:
            yield Item((*item.path, key.text), key, node)
    elif isinstance(item.node, Sequence):
        for node in item.node.items:
            yield Item(item.path, None, node)


def _step(item: Item, path: Path) -> tuple[Item, Path] | None:
    """The value one key further, and the path that is left; a key may hold dots itself, and the longest one counts."""
    first = path[0]
    if isinstance(first, int):
        items = item.node.items if isinstance(item.node, Sequence) else ()
        return (Item(item.path, None, items[first]), path[1:]) if first < len(items) else None
    if not isinstance(item.node, Mapping):
        return None
    words = list(takewhile(lambda part: isinstance(part, str) and part != EACH, path))
    for count in range(len(words), 0, -1):
        entry = item.node.find(".".join(str(word) for word in words[:count]))
        if entry:
            return Item((*item.path, entry[0].text), *entry), path[count:]
    return None


def value_at(item: Item, place: Place) -> Node | None:
    """The first value that is there: the key of the item, the item itself, or what is at a path below it."""
    for path in place:
        if path == (KEY,):
            found: Node | None = item.key
        elif path == (VALUE,):
            found = item.node
        else:
            found = next((inner.node for inner in items_at(item, path) if not is_nothing(inner.node)), None)
        if found is not None:
            return found
    return None


def is_nothing(node: Node) -> bool:
    """Whether a value is null."""
    return isinstance(node, Scalar) and plain_value(node) is None


def holds(test: Test, item: Item) -> bool:
    """Whether an item passes a test."""
    node = value_at(item, test.at)
    if test.how == "present":
        return test.values == (node is not None and not is_nothing(node),)
    if node is None:
        return False
    if test.how == "has":
        return any(text in test.values for text in _members(node))
    if test.how == "shape":
        return any(isinstance(shape, str) and has_type(node, shape) for shape in test.values)
    return isinstance(node, Scalar) and (_begins(node, test) if test.how == "starts" else _is_among(node, test.values))


def _begins(node: Scalar, test: Test) -> bool:
    return any(node.text.lstrip().lower().startswith(str(value).lower()) for value in test.values)


def _is_among(node: Scalar, values: tuple[Plain, ...]) -> bool:
    actual = plain_value(node)
    return any(type(actual) is type(value) and actual == value for value in values)


def _members(node: Node) -> list[str]:
    """The keys of a map, or the texts of a list."""
    if isinstance(node, Mapping):
        return [key.text for key, _ in node.entries]
    return [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []


def fits(document: Node, shape: tuple[tuple[Path, str], ...]) -> bool:
    """Whether a document has the type that a shape gives at each path; at `*` every value has it, and there is one."""
    return all(_fits(Item((), None, document), path, type_) for path, type_ in shape)


def _fits(item: Item, path: Path, type_: str) -> bool:
    if not path:
        return has_type(item.node, type_)
    if path[0] == EACH:
        inner = list(_each(item))
        return bool(inner) and all(_fits(each, path[1:], type_) for each in inner)
    found = _step(item, path)
    return found is not None and _fits(*found, type_)


def has_type(node: Node, type_: str) -> bool:
    """Whether a value is a map, a list, a text or true or false."""
    if type_ in _TYPES:
        return isinstance(node, _TYPES[type_])
    if type_ == "any":
        return True
    value = plain_value(node) if isinstance(node, Scalar) else None
    return isinstance(value, bool) if type_ == "yes_no" else isinstance(value, str)
