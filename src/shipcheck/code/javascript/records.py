"""Arrays and objects, and the patterns that take them apart."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import Bind, Constant, Entry, Expression, Name, Record, Sequence, Spread
from shipcheck.code.javascript.functions import method
from shipcheck.code.javascript.node_reader import ExpressionReader, Reader, broken, span_of

if TYPE_CHECKING:
    from tree_sitter import Node


def key(reader: Reader, node: "Node") -> Expression:
    """The key of an entry: a constant, or an expression in brackets."""
    kind = node.type
    if kind in ("string", "number", "computed_property_name"):
        return reader.inner(node) if kind == "computed_property_name" else reader.expression(node)
    return Constant(reader.text(node), span_of(node))


def _array(reader: Reader, node: "Node") -> Expression:
    """A list. A hole is a value that is none; in a pattern it binds nothing."""
    children = reader.named(node)
    commas = node.child_count - len(children) - 2
    if commas in (len(children) - 1, 0):
        return Sequence("list", tuple(reader.expression(child) for child in children), span_of(node))
    return Sequence("list", tuple(_with_holes(reader, node)), span_of(node))


def _with_holes(reader: Reader, node: "Node") -> Iterator[Expression]:
    """The items of a list that may have holes; a comma behind the last item makes none."""
    follows = False
    for child in node.children:
        if child.type == ",":
            if not follows:
                yield Constant(None, span_of(child))
            follows = False
        elif child.is_named and child.kind_id not in (reader.kinds.comment, reader.kinds.html_comment):
            yield reader.expression(child)
            follows = True


def _object(reader: Reader, node: "Node") -> Expression:
    return Record(tuple(_entry(reader, child) for child in reader.named(node)), span_of(node))


def _entry(reader: Reader, node: "Node") -> Entry:
    """One entry of an object or of a pattern."""
    found = _ENTRIES.get(node.type)
    return found(reader, node) if found is not None else Entry(None, reader.expression(node), span_of(node))


def _pair(reader: Reader, node: "Node") -> Entry:
    named = node.child_by_field_id(reader.fields.key)
    of = broken(span_of(node)) if named is None else key(reader, named)
    return Entry(of, reader.expression_at(node, reader.fields.value), span_of(node))


def _shorthand(reader: Reader, node: "Node") -> Entry:
    span, word = span_of(node), reader.text(node)
    return Entry(Constant(word, span), Name(word, span), span)


def _shorthand_default(reader: Reader, node: "Node") -> Entry:
    """`a = 1` in a pattern: the key `a`, bound to `a`, with a default."""
    target = reader.expression_at(node, reader.fields.left)
    value = Bind(target, "=", reader.expression_at(node, reader.fields.right), span_of(node))
    return Entry(Constant(target.name, target.span) if isinstance(target, Name) else None, value, span_of(node))


def _unpacked(reader: Reader, node: "Node") -> Entry:
    return Entry(None, reader.inner(node), span_of(node))


def _rest(reader: Reader, node: "Node") -> Expression:
    return Spread(reader.inner(node), span_of(node))


def _method(reader: Reader, node: "Node") -> Entry:
    named = node.child_by_field_id(reader.fields.name)
    of = broken(span_of(node)) if named is None else key(reader, named)
    return Entry(of, method(reader, node, ()), span_of(node))


_ENTRIES: Final = {
    "pair": _pair,
    "pair_pattern": _pair,
    "shorthand_property_identifier": _shorthand,
    "shorthand_property_identifier_pattern": _shorthand,
    "object_assignment_pattern": _shorthand_default,
    "spread_element": _unpacked,
    "method_definition": _method,
}
RECORDS: Final[Mapping[str, ExpressionReader]] = {
    "array": _array,
    "array_pattern": _array,
    "object": _object,
    "object_pattern": _object,
    "rest_pattern": _rest,
}
