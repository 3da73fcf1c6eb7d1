"""Patterns of `match` in the form, from nodes of tree-sitter: a pattern is the expression that it takes apart."""

from collections.abc import Callable

from tree_sitter import Node

from shipcheck.code.form import Argument, Bind, Call, Either, Entry, Expression, Name, Operation, Record, Sequence, Spread
from shipcheck.code.python_parts import entry, name_at_end, sign
from shipcheck.code.python_tree_core import broken, expression
from shipcheck.code.python_tree_nodes import first_part, has_sign, parts, parts_and_signs, span_between, span_of, word

_MINUS = "-"


class _Converters(dict[str, Callable[[Node], Expression]]):
    """What converts each type of pattern. Literals and names are converted as expressions."""

    def __missing__(self, kind: str) -> Callable[[Node], Expression]:
        return expression


_OF = _Converters()


def case_pattern(nodes: list[Node]) -> Expression:
    """Convert the pattern of a case from its parts and commas; a name in it is what it captures, and `_` is a name too."""
    if len(nodes) == 1:
        return _pattern(nodes[0])
    items = [_pattern(node) for node in nodes if node.type != ","]
    return Sequence("list", tuple(items), span_between(nodes[0], nodes[-1]))


def _pattern(node: Node) -> Expression:
    return _OF[node.type](node)


def _wrapped(node: Node) -> Expression:
    values = _values(parts_and_signs(node))
    return values[0] if values else broken(node)


def _values(nodes: list[Node]) -> list[Expression]:
    """Convert patterns, of which a negative number is two nodes; signs between them are left out."""
    found: list[Expression] = []
    minus: Node | None = None
    for node in nodes:
        if node.type == _MINUS:
            minus = node
        elif node.is_named or node.type == "_":
            value = _pattern(node)
            found.append(value if minus is None else sign(_MINUS, value, span_between(minus, node)))
            minus = None
    return found


def _wildcard(node: Node) -> Expression:
    return Name("_", span_of(node))


def _star(node: Node) -> Expression:
    return Spread(_name_at_end(node), span_of(node))


def _name_at_end(node: Node) -> Name:
    return name_at_end(word(parts_and_signs(node)[-1]), span_of(node))


def _sequence(node: Node) -> Expression:
    return Sequence("list", tuple([_pattern(part) for part in parts(node)]), span_of(node))


def _tuple(node: Node) -> Expression:
    """Convert a pattern in parentheses; one without a comma is itself."""
    given = parts(node)
    if len(given) == 1 and not has_sign(node, ",") and _only(given[0], "splat_pattern") is None:
        return _pattern(given[0])
    return _sequence(node)


def _mapping(node: Node) -> Expression:
    """Convert the pattern of a mapping, whose keys are values."""
    span = span_of(node)
    entries: list[Entry] = []
    keys: list[Node] = []
    for part in parts_and_signs(node):
        if part.type == "case_pattern":
            key = _values(keys)
            entries.append(entry(key[0] if key else broken(node), _pattern(part)))
        elif part.type == "splat_pattern":
            entries.append(Entry(None, Name(_name_at_end(part).name, span), span))
        keys = [] if part.type in _BETWEEN_ENTRIES else [*keys, part]
    return Record(tuple(entries), span)


def _class(node: Node) -> Expression:
    name, *given = parts(node)
    return Call(expression(name), tuple([_argument(part) for part in given]), makes=False, span=span_of(node))


def _argument(node: Node) -> Argument:
    """Convert a pattern in that of a class. The grammar takes `name=pattern as other` for a pattern `name=pattern`."""
    alias = _only(node, "as_pattern")
    wrapped = node if alias is None else _only(alias, "case_pattern")
    keyword = None if wrapped is None else _only(wrapped, "keyword_pattern")
    if keyword is None:
        value = _pattern(node)
        return Argument(value, "", spread=False, span=value.span)
    name, _, *given = parts_and_signs(keyword)
    value = (_values(given) or [broken(node)])[0]
    if alias is not None and given:
        value = Bind(_name_at_end(alias), "", value, span_between(given[0], alias))
    return Argument(value, word(name), spread=False, span=value.span)


def _only(node: Node, kind: str) -> Node | None:
    """Find the first part of a node if it is of a type."""
    first = first_part(node)
    return first if first is not None and first.type == kind else None


def _alias(node: Node) -> Expression:
    span = span_of(node)
    return Bind(_name_at_end(node), "", _pattern(parts(node)[0]), span)


def _union(node: Node) -> Expression:
    return Either("or", tuple(_values(parts_and_signs(node))), span_of(node))


def _complex(node: Node) -> Expression:
    *left, operator, right = parts_and_signs(node)
    return Operation(operator.type, (*_values(left), expression(right)), span_of(node))


_BETWEEN_ENTRIES = frozenset({"{", ",", "case_pattern"})
_OF.update(
    {
        "case_pattern": _wrapped,
        "_": _wildcard,
        "splat_pattern": _star,
        "list_pattern": _sequence,
        "tuple_pattern": _tuple,
        "dict_pattern": _mapping,
        "class_pattern": _class,
        "as_pattern": _alias,
        "union_pattern": _union,
        "complex_pattern": _complex,
    }
)
