"""The table of what converts each expression of tree-sitter, and how expressions that hang together are taken apart.

The grammar reads some expressions in another order than Python does: a star, a name bound by `:=`, or the name behind `as`
belongs to the whole expression, not only to its first or last part. These are put right here.
"""

from collections.abc import Callable

from tree_sitter import Node

from shipcheck.code.form import Expression, Opaque, Span, Spread
from shipcheck.code.python_parts import ALL_LEAVES
from shipcheck.code.python_tree_nodes import first_part, parts, span_between, span_of

STARS = frozenset({"list_splat", "list_splat_pattern", "splat_type", "dictionary_splat"})
_CHOICES = frozenset({"conditional_expression", "lambda"})


class _Converters(dict[str, Callable[[Node], Expression]]):
    """What converts each type of node. It is filled by the modules that convert them."""

    def __missing__(self, kind: str) -> Callable[[Node], Expression]:
        return _unknown


CONVERTERS = _Converters()


def _unknown(node: Node) -> Expression:
    """Keep the children of a node that has no place in an expression."""
    return Opaque(node.type, tuple([expression(part) for part in parts(node)]), ALL_LEAVES, span_of(node))


def expression(node: Node) -> Expression:
    """Convert one expression."""
    return CONVERTERS[node.type](node)


def is_expression(node: Node) -> bool:
    """Say whether a node is of a type that is converted as an expression."""
    return node.type in CONVERTERS


def optional(node: Node | None) -> Expression | None:
    """Convert an expression where there is one."""
    return None if node is None else CONVERTERS[node.type](node)


def field(node: Node, name: str) -> Expression:
    """Convert the part with a name."""
    child = node.child_by_field_name(name)
    return broken(node) if child is None else CONVERTERS[child.type](child)


def broken(node: Node) -> Opaque:
    """Make an opaque node for what could not be parsed."""
    return Opaque("broken", (), ALL_LEAVES, span_of(node))


def inner_of(node: Node) -> Expression:
    """Convert what is in parentheses, or is wrapped as a type."""
    inner = first_part(node)
    return broken(node) if inner is None else CONVERTERS[inner.type](inner)


def _behind_star(node: Node) -> Node:
    """Find what begins behind the star that a node begins with."""
    while node.type not in STARS:
        node = parts(node)[0]
    return first_part(node) or node


def on_left(node: Node, left: Node, value: Expression, make: Callable[[Expression, Span], Expression]) -> Expression:
    """Make the expression of a node from the value that it begins with. A star there belongs to the whole."""
    last = end_of(node)
    if not isinstance(value, Spread):
        return make(value, span_between(node, last))
    return Spread(make(value.value, span_between(_behind_star(left), last)), span_between(node, last))


def unwrapped(node: Node) -> Node:
    """Find what is in parentheses."""
    while node.type == "parenthesized_expression":
        inner = first_part(node)
        if inner is None:
            break
        node = inner
    return node


def bare(node: Node) -> Node:
    """Find what is before `as`."""
    return first_part(node) or node if node.type == "as_pattern" else node


def alias_at_end(node: Node) -> Node | None:
    """Find the `as` that the grammar takes for a part of the last part of an expression."""
    while node.type in _CHOICES:
        node = parts(node)[-1]
    return node if node.type == "as_pattern" else None


def end_of(node: Node) -> Node:
    """Find what ends an expression, before `as`."""
    return bare(alias_at_end(node) or node)
