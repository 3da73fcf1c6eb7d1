"""JSX: an opaque expression with the components that it names and the expressions in it, side by side."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import Expression, Opaque
from shipcheck.code.javascript.node_reader import NO_WAY, ExpressionReader, Reader, span_of

if TYPE_CHECKING:
    from tree_sitter import Node

_ELEMENTS: Final = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_opening_element"})
_TAGS: Final = frozenset({"jsx_self_closing_element", "jsx_opening_element"})


def _jsx(reader: Reader, node: "Node") -> Expression:
    return Opaque("jsx", tuple(_children(reader, node)), NO_WAY, span_of(node))


def _children(reader: Reader, node: "Node") -> Iterator[Expression]:
    """What is evaluated in an element and all elements in it, in order."""
    pending = [node]
    while pending:
        inner = pending.pop()
        kind = inner.type
        if kind == "jsx_expression":
            yield from _embedded(reader, inner)
        elif kind == "jsx_attribute":
            pending += reversed(reader.named(inner)[1:])
        elif kind in _ELEMENTS:
            named = inner.child_by_field_id(reader.fields.name) if kind in _TAGS else None
            if named is not None and _is_component(reader, named):
                yield reader.expression(named)
            pending += reversed([child for child in reader.named(inner) if child != named])
        elif inner.is_error:
            yield reader.expression(inner)


def _embedded(reader: Reader, node: "Node") -> Iterator[Expression]:
    """The expression in braces, which may be unpacked or only a comment."""
    for child in reader.named(node):
        yield reader.inner(child) if child.kind_id == reader.kinds.spread_element else reader.expression(child)


def _is_component(reader: Reader, named: "Node") -> bool:
    """Whether the name of an element is a value; lower-case ones are elements of the page."""
    return named.kind_id == reader.kinds.member_expression or (
        named.type == "identifier" and not reader.text(named)[:1].islower()
    )


JSX: Final[Mapping[str, ExpressionReader]] = {"jsx_element": _jsx, "jsx_self_closing_element": _jsx}
