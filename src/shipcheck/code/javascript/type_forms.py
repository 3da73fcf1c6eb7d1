"""Types as expressions: names, members, generic types, unions and literals. Every other type is opaque."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import Either, Expression, Item, Member, Name, Opaque, Sequence
from shipcheck.code.javascript.chains import name
from shipcheck.code.javascript.node_reader import NO_WAY, ExpressionReader, Reader, span_of

if TYPE_CHECKING:
    from tree_sitter import Node


def _inner(reader: Reader, node: "Node") -> Expression:
    """The type in an annotation or parentheses, and the one that `readonly` is before."""
    child = reader.only(node)
    return _opaque(node) if child is None else reader.type(child)


def _literal(reader: Reader, node: "Node") -> Expression:
    child = reader.only(node)
    return _opaque(node) if child is None else reader.expression(child)


def _expression(reader: Reader, node: "Node") -> Expression:
    """A type that is written as a value is, such as `module.Name`."""
    return reader.expression(node)


def _member(reader: Reader, node: "Node") -> Expression:
    """`A.B.C`; what is before the last name is a type, too."""
    children = reader.named(node)
    if len(children) < 2:
        return _opaque(node)
    return Member(reader.type(children[0]), reader.text(children[-1]), span_of(node))


def _generic(reader: Reader, node: "Node") -> Expression:
    """`A<B>` is `A` with the key `B`; several are a tuple."""
    children = reader.named(node)
    if len(children) < 2:
        return _opaque(node)
    given = [reader.type(child) for child in reader.named(children[-1])]
    key = given[0] if len(given) == 1 else Sequence("tuple", tuple(given), span_of(children[-1]))
    return Item(reader.type(children[0]), key, span_of(node))


def _array(reader: Reader, node: "Node") -> Expression:
    """`T[]` is `Array<T>`."""
    span = span_of(node)
    return Item(Name("Array", span), _inner(reader, node), span)


def _union(reader: Reader, node: "Node") -> Expression:
    """One of several types. A long union nests at its beginning, so it is read from its end."""
    values: list[Expression] = []
    inner: Node | None = node
    while inner is not None and inner.kind_id == reader.kinds.union_type:
        children = reader.named(inner)
        has_first = len(children) > 1
        values += [reader.type(child) for child in reversed(children[1:] if has_first else children)]
        inner = children[0] if has_first else None
    if inner is not None:
        values.append(reader.type(inner))
    values.reverse()
    return values[0] if len(values) == 1 else Either("or", tuple(values), span_of(node))


def _opaque(node: "Node") -> Opaque:
    return Opaque("type", (), NO_WAY, span_of(node))


TYPES: Final[Mapping[str, ExpressionReader]] = {
    "type_annotation": _inner,
    "parenthesized_type": _inner,
    "readonly_type": _inner,
    "literal_type": _literal,
    "type_identifier": name,
    "identifier": name,
    "predefined_type": name,
    "this_type": name,
    "nested_type_identifier": _member,
    "nested_identifier": _member,
    "member_expression": _expression,
    "call_expression": _expression,
    "generic_type": _generic,
    "array_type": _array,
    "union_type": _union,
}
# Types that a converter of code meets and leaves out, since nothing in them runs.
LEFT_OUT: Final = frozenset(
    {
        "type_annotation",
        "type_arguments",
        "type_parameters",
        "asserts_annotation",
        "type_predicate_annotation",
        "implements_clause",
    }
)
