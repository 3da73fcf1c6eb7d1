"""The fast way to read an ordinary file; anything unusual is left to the strict reader.

libyaml's composer is faster than consuming its events one by one, but recurses in C. So only text that cannot nest deeply, and
that contains nothing the strict reader would refuse, is read this way; the tree is the same as the strict reader builds.
"""

import operator
from typing import Any

from yaml.error import YAMLError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.model.scalars import AMBIGUOUS
from shipcheck.read.adjacent import ends_at, ends_before_comment, may_be_adjacent
from shipcheck.read.libyaml import CParser

# A block collection inside a block collection starts at a greater column, or, for a list in a map, at the same; a flow collection
# needs a bracket. So these limits keep the depth at a tenth of what the composer survives.
MOST_BRACKETS = 500
LONGEST_LINE = 500
_UNUSUAL = "&*!%\\"

_new: Any = tuple.__new__


class _Composer(CParser):
    """Composes without resolving tags; the hooks are builtins because they are called for every node."""

    resolve = slice
    descend_resolver = operator.is_
    ascend_resolver = bool


class _UnusualError(Exception):
    """The strict reader must read this file."""


def compose(text: str, texts: dict[str, str], plain_keys: set[str], max_depth: int) -> Node | None:
    """The tree of an ordinary file; None if the strict reader must read it and report any problems.

    `texts` and `plain_keys` are shared by many files, so that equal texts are kept once; `max_depth` is the most levels.
    """
    if any(sign in text for sign in _UNUSUAL) or text.count("[") + text.count("{") > MOST_BRACKETS:
        return None
    if may_be_adjacent(text):
        return None
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        return None
    try:
        root = _Composer(text).get_single_node()
        tree = _Converter(texts, plain_keys).mapping(root, max_depth) if type(root) is MappingNode else None
    except (_UnusualError, YAMLError):
        return None
    places = ends_before_comment(text)
    return None if tree is not None and places and ends_at(tree, places) else tree


class _Converter:
    """Turns the composer's nodes into ours."""

    def __init__(self, texts: dict[str, str], plain_keys: set[str]) -> None:
        self._once = texts.setdefault
        self._plain_keys = plain_keys

    def mapping(self, node: Any, depth: int) -> Mapping:
        once, plain_keys = self._once, self._plain_keys
        entries = []
        seen = set()
        for key, value in node.value:
            if type(key) is not ScalarNode:
                raise _UnusualError
            text = key.value
            if text not in plain_keys:
                self._learn(text)
            seen.add(text)
            start, end = key.start_mark, key.end_mark
            place = (once(text, text), not key.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
            named = _new(Scalar, place)
            if type(value) is ScalarNode:
                text, start, end = value.value, value.start_mark, value.end_mark
                place = (once(text, text), not value.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
                entries.append((named, _new(Scalar, place)))
            else:
                entries.append((named, self._collection(value, depth - 1)))
        if len(seen) < len(entries):
            raise _UnusualError
        start, end = node.start_mark, node.end_mark
        mapping: Mapping = _new(Mapping, (tuple(entries), start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        return mapping

    def _learn(self, key: str) -> None:
        """Leave a key that some YAML version does not read as text to the strict reader."""
        if AMBIGUOUS.fullmatch(key):
            raise _UnusualError
        self._plain_keys.add(key)

    def _collection(self, node: Any, depth: int) -> Node:
        if depth <= 0:
            raise _UnusualError
        return self._sequence(node, depth) if type(node) is SequenceNode else self.mapping(node, depth)

    def _sequence(self, node: Any, depth: int) -> Sequence:
        once = self._once
        items = []
        for item in node.value:
            if type(item) is ScalarNode:
                text, start, end = item.value, item.start_mark, item.end_mark
                place = (once(text, text), not item.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
                items.append(_new(Scalar, place))
            else:
                items.append(self._collection(item, depth - 1))
        start, end = node.start_mark, node.end_mark
        sequence: Sequence = _new(Sequence, (tuple(items), start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        return sequence
