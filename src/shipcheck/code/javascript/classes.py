"""Classes with their members, enumerations and namespaces."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import (
    Argument,
    Assign,
    Block,
    Class,
    Constant,
    Evaluate,
    Expression,
    Item,
    Name,
    Opaque,
    Statement,
)
from shipcheck.code.javascript.functions import member_name, method
from shipcheck.code.javascript.node_reader import (
    NO_WAY,
    ExpressionReader,
    Reader,
    StatementReader,
    span_behind_decorators,
    span_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_FIELDS: Final = frozenset({"field_definition", "public_field_definition"})
_SIGNATURES: Final = frozenset({"abstract_method_signature", "method_signature", "index_signature", "function_signature"})


def class_of(reader: Reader, node: "Node", before: list["Node"]) -> Class:
    """A class; `before` are decorators that are before `export`."""
    fields = reader.fields
    decorators = [*before, *node.children_by_field_id(fields.decorator)]
    named, body = node.child_by_field_id(fields.name), node.child_by_field_id(fields.body)
    span = span_behind_decorators(node)
    return Class(
        "" if named is None else reader.text(named),
        tuple(_bases(reader, node)),
        tuple(reader.inner(decorator) for decorator in decorators),
        Block(tuple, span) if body is None else reader.later(partial(_members, reader, body), span_of(body)),
        span,
    )


def _bases(reader: Reader, node: "Node") -> Iterator[Argument]:
    """What a class extends; an interface that it implements is a base with this name, since nothing comes from it."""
    for heritage in node.named_children:
        if heritage.type == "class_heritage":
            for clause in reader.named(heritage):
                if clause.type == "implements_clause":
                    yield from (_base(reader.type(one), "implements") for one in reader.named(clause))
                elif clause.type == "extends_clause":
                    yield from (_base(reader.expression(one), "") for one in clause.children_by_field_id(reader.fields.value))
                else:
                    yield _base(reader.expression(clause), "")


def _base(value: Expression, name: str) -> Argument:
    return Argument(value, name, spread=False, span=value.span)


def _members(reader: Reader, body: "Node") -> tuple[Statement, ...]:
    """The members of a class, in order. Decorators of a method are before it."""
    members: list[Statement] = []
    before: list[Node] = []
    for child in reader.named(body):
        kind = child.type
        if kind == "decorator":
            before.append(child)
            continue
        if kind == "method_definition":
            decorators = [*before, *child.children_by_field_id(reader.fields.decorator)]
            members.append(method(reader, child, tuple(reader.inner(one) for one in decorators)))
        elif kind in _FIELDS:
            members += _field(reader, child, before)
        elif kind in _SIGNATURES:
            members.append(Opaque("type", (), NO_WAY, span_of(child)))
        else:
            members += reader.statement(child)
        before = []
    return tuple(members)


def _field(reader: Reader, node: "Node", before: list["Node"]) -> Iterator[Statement]:
    """A field as an assignment in the body of the class, behind its decorators, which are evaluated there."""
    fields = reader.fields
    for decorator in (*before, *node.children_by_field_id(fields.decorator)):
        yield Evaluate(reader.inner(decorator), span_of(decorator))
    named = node.child_by_field_id(fields.name) or node.child_by_field_id(fields.property)
    value = node.child_by_field_id(fields.value)
    yield Assign(
        (_field_target(reader, node, named),),
        "",
        None if value is None else reader.expression(value),
        reader.annotation_at(node, fields.type),
        span_behind_decorators(node),
    )


def _field_target(reader: Reader, node: "Node", named: "Node | None") -> Expression:
    span = span_of(node)
    if named is None:
        return Name("", span)
    if named.kind_id == reader.kinds.computed_property_name:
        return Item(Name("this", span_of(named)), reader.inner(named), span_of(named))
    return Name(member_name(reader, named), span_of(named))


def _class(reader: Reader, node: "Node") -> Expression:
    return class_of(reader, node, [])


def _declared(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (class_of(reader, node, []),)


def _static_block(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A block that runs where its class is made."""
    body = node.child_by_field_id(reader.fields.body)
    return (Opaque("static block", () if body is None else reader.body(body), frozenset({"raise"}), span_of(node)),)


def _enum(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """An enumeration as a class whose members are its fields."""
    named, body = node.child_by_field_id(reader.fields.name), node.child_by_field_id(reader.fields.body)
    span = span_of(node)
    block = Block(tuple, span) if body is None else reader.later(partial(_enum_members, reader, body), span_of(body))
    return (Class("" if named is None else reader.text(named), (), (), block, span),)


def _enum_members(reader: Reader, body: "Node") -> tuple[Statement, ...]:
    """A member without a value is one more than the one before it, from 0; unknown behind one that is not a known number."""
    members: list[Statement] = []
    following: int | None = 0
    for child in reader.named(body):
        span = span_of(child)
        value: Expression | None = None if following is None else Constant(following, span)
        named: Node | None = child
        if child.type == "enum_assignment":
            named = child.child_by_field_id(reader.fields.name)
            value = reader.expression_at(child, reader.fields.value)
        following = value.value + 1 if isinstance(value, Constant) and isinstance(value.value, int) else None
        members.append(Assign((_field_target(reader, child, named),), "", value, None, span))
    return tuple(members)


def _namespace(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A namespace as a class whose members are what it declares."""
    named = node.child_by_field_id(reader.fields.name)
    name = "" if named is None else member_name(reader, named)
    return (Class(name, (), (), reader.block_at(node, reader.fields.body), span_of(node)),)


CLASSES: Final[Mapping[str, ExpressionReader]] = {"class": _class}
CLASS_STATEMENTS: Final[Mapping[str, StatementReader]] = {
    "class_declaration": _declared,
    "abstract_class_declaration": _declared,
    "class_static_block": _static_block,
    "enum_declaration": _enum,
    "internal_module": _namespace,
    "module": _namespace,
}
