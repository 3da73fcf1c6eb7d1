"""Names, members, items and calls: chains such as `a.b[c].d(e)`, which are read from the inside out without recursion."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import Argument, Call, Constant, Expression, Item, Load, Member, Name, Opaque, Span, Spread
from shipcheck.code.javascript.literals import template
from shipcheck.code.javascript.node_reader import EVERY_WAY, LONGEST, ExpressionReader, Reader, broken, span_of
from shipcheck.code.limits import DEEP

if TYPE_CHECKING:
    from tree_sitter import Node

_LOADERS: Final = frozenset({"require", "import"})


def name(reader: Reader, node: "Node") -> Expression:
    """A variable, or a word that the language uses as one: `this`, `super`, `import`."""
    start, end = node.start_byte, node.end_byte
    line, column = node.start_point
    span = (line + 1, column, line + 1, column + end - start)
    return Name(reader.between(start, end), span) if start < end else broken(span)


def arguments(reader: Reader, node: "Node") -> tuple[Argument, ...]:
    """The arguments of a call, in order."""
    return tuple(_argument(reader, child) for child in reader.named(node))


def _argument(reader: Reader, node: "Node") -> Argument:
    if node.kind_id == reader.kinds.spread_element:
        return Argument(reader.inner(node), "", spread=True, span=span_of(node))
    value = reader.expression(node)
    return Argument(value, "", spread=False, span=value.span)


def _chain(reader: Reader, node: "Node") -> Expression:
    """A chain: what it begins with, and then each link, applied to what is before it."""
    links: list[Node] = []
    inner: Node | None = node
    owners = reader.owners
    while inner is not None and (field := owners.get(inner.kind_id)) is not None:
        links.append(inner)
        inner = inner.child_by_field_id(field)
    line, column = node.start_point
    start = (line + 1, column)
    value = broken(span_of(node)) if inner is None else reader.expression(inner)
    links.reverse()
    if len(links) > LONGEST:
        value = _cut(reader, value, links[:-LONGEST], start)
    for link in links[-LONGEST:]:
        row, end = link.end_point
        value = _linked(reader, link, value, (*start, row + 1, end))
    return value


def _linked(reader: Reader, link: "Node", owner: Expression, span: Span) -> Expression:
    kind = link.kind_id
    if kind == reader.kinds.call_expression:
        return _call(reader, link, owner, span)
    if kind == reader.kinds.subscript_expression:
        return Item(owner, reader.expression_at(link, reader.fields.index), span)
    member = link.child_by_field_id(reader.fields.property)
    return Member(owner, "" if member is None else reader.text(member), span)


def _call(reader: Reader, link: "Node", callee: Expression, span: Span) -> Expression:
    given = link.child_by_field_id(reader.fields.arguments)
    if given is None:
        return Call(callee, (), makes=False, span=span)
    if given.kind_id == reader.kinds.template_string:
        text = template(reader, given)
        return Call(callee, (Argument(text, "", spread=False, span=text.span),), makes=False, span=span)
    values = arguments(reader, given)
    if isinstance(callee, Name) and callee.name in _LOADERS and (module := _literal(values, callee.name)):
        return Load(module, span)
    return Call(callee, values, makes=False, span=span)


def _literal(values: tuple[Argument, ...], loader: str) -> str:
    """The module that a loader is given as a literal; `import` may have options behind it. Empty where there is none."""
    if not values or (loader == "require" and len(values) > 1):
        return ""
    first = values[0].value
    return first.value if isinstance(first, Constant) and isinstance(first.value, str) else ""


def _cut(reader: Reader, base: Expression, links: list["Node"], start: tuple[int, int]) -> Expression:
    """The beginning of a chain that is too long: what it begins with and all arguments, side by side."""
    children = [base, *_arguments_of(reader, links)]
    row, end = links[-1].end_point
    return Opaque(DEEP, tuple(children), EVERY_WAY, (*start, row + 1, end))


def _arguments_of(reader: Reader, links: list["Node"]) -> Iterator[Expression]:
    for link in links:
        for field in (reader.fields.arguments, reader.fields.index):
            child = link.child_by_field_id(field)
            if child is not None and field == reader.fields.index:
                yield reader.expression(child)
            elif child is not None and child.kind_id == reader.kinds.template_string:
                yield template(reader, child)
            elif child is not None:
                yield from (argument.value for argument in arguments(reader, child))


def _new(reader: Reader, node: "Node") -> Expression:
    given = node.child_by_field_id(reader.fields.arguments)
    values = () if given is None else arguments(reader, given)
    return Call(reader.expression_at(node, reader.fields.constructor), values, makes=True, span=span_of(node))


def _meta(reader: Reader, node: "Node") -> Expression:
    """`import.meta` and `new.target`."""
    span = span_of(node)
    owner, _, member = reader.text(node).partition(".")
    owner = owner.strip()
    return Member(Name(owner, (*span[:2], span[0], span[1] + len(owner))), member.strip(), span)


def _inner(reader: Reader, node: "Node") -> Expression:
    """What is in parentheses, and the value whose type is asserted."""
    return reader.inner(node)


def _asserted(reader: Reader, node: "Node") -> Expression:
    """`<T>value`: the value is the last child."""
    children = reader.named(node)
    return reader.expression(children[-1]) if children else broken(span_of(node))


def _spread(reader: Reader, node: "Node") -> Expression:
    return Spread(reader.inner(node), span_of(node))


def _words(converter: Callable[[Reader, "Node"], Expression], kinds: str) -> dict[str, ExpressionReader]:
    return dict.fromkeys(kinds.split(), converter)


CHAINS: Final[Mapping[str, ExpressionReader]] = {
    **_words(name, "identifier this super import property_identifier private_property_identifier type_identifier"),
    **_words(name, "shorthand_property_identifier shorthand_property_identifier_pattern statement_identifier"),
    **_words(_chain, "call_expression member_expression subscript_expression"),
    **_words(_inner, "parenthesized_expression non_null_expression as_expression satisfies_expression"),
    **_words(_inner, "instantiation_expression computed_property_name"),
    "type_assertion": _asserted,
    "new_expression": _new,
    "meta_property": _meta,
    "spread_element": _spread,
}
