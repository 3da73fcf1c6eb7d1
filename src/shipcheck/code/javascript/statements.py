"""Statements other than definitions, imports and exports."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import (
    Assign,
    Branch,
    Case,
    Constant,
    Evaluate,
    Expression,
    Guard,
    Handler,
    Leave,
    Loop,
    Match,
    Opaque,
    Operation,
    Span,
    Statement,
)
from shipcheck.code.javascript.node_reader import EVERY_WAY, NO_WAY, Reader, StatementReader, span_of
from shipcheck.code.javascript.operator_forms import change_of

if TYPE_CHECKING:
    from tree_sitter import Node

_LEAVES: Final = frozenset({"break_statement", "continue_statement", "return_statement", "throw_statement"})


def _effect(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """An expression for its effect."""
    inner = reader.only(node)
    return () if inner is None else _done(reader, inner, span_of(node))


def _done(reader: Reader, node: "Node", span: Span) -> tuple[Statement, ...]:
    """An expression as statements: one for each part of `a, b`."""
    while node.type == "parenthesized_expression" and (inner := reader.only(node)) is not None:
        node = inner
    if node.type == "sequence_expression":
        return tuple(_one_done(reader, child, span_of(child)) for child in reader.named(node))
    return reader.statement(node) if node.type == "internal_module" else (_one_done(reader, node, span),)


def _one_done(reader: Reader, node: "Node", span: Span) -> Statement:
    """An expression as a statement; an assignment is a statement of its own."""
    kind = node.type
    if kind == "assignment_expression":
        return _assigned(reader, node, span)
    if kind in ("augmented_assignment_expression", "update_expression"):
        fields = reader.fields
        target = reader.expression_at(node, fields.argument if kind == "update_expression" else fields.left)
        operator, value = change_of(reader, node)
        return Assign((target,), operator, value, None, span)
    return Evaluate(reader.expression(node), span)


def _assigned(reader: Reader, node: "Node", span: Span) -> Assign:
    """`a = b = value` assigns both."""
    fields = reader.fields
    targets: list[Expression] = []
    value: Node | None = node
    while value is not None and value.kind_id == reader.kinds.assignment_expression:
        targets.append(reader.expression_at(value, fields.left))
        value = value.child_by_field_id(fields.right)
    return Assign(tuple(targets), "", None if value is None else reader.expression(value), None, span)


def _declaration(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return tuple(one for child in reader.named(node) for one in reader.statement(child))


def _declarator(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """One declared variable, or a pattern of several."""
    fields = reader.fields
    value = node.child_by_field_id(fields.value)
    return (
        Assign(
            (reader.expression_at(node, fields.name),),
            "",
            None if value is None else reader.expression(value),
            reader.annotation_at(node, fields.type),
            span_of(node),
        ),
    )


def _inline(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A block for its own sake."""
    return reader.body(node)


def _if(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    fields = reader.fields
    other = node.child_by_field_id(fields.alternative)
    inner = None if other is None else reader.only(other)
    return (
        Branch(
            reader.expression_at(node, fields.condition),
            reader.block_at(node, fields.consequence),
            None if inner is None else reader.block(inner),
            span_of(node),
        ),
    )


def _while(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (_loop(reader, node, first=False),)


def _do(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (_loop(reader, node, first=True),)


def _loop(reader: Reader, node: "Node", *, first: bool) -> Loop:
    test, body = reader.expression_at(node, reader.fields.condition), reader.block_at(node, reader.fields.body)
    return Loop(None, test, body, None, first, suspends=False, span=span_of(node))


def _for(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A counting loop: what it begins with, and a loop at the end of whose body it counts."""
    fields, span = reader.fields, span_of(node)
    begin, test = node.child_by_field_id(fields.initializer), node.child_by_field_id(fields.condition)
    has_test = test is not None and test.is_named and test.type != "empty_statement"
    source = _tested(reader, test) if test is not None and has_test else Constant(value=True, span=span)
    body = reader.later(partial(_counted, reader, node), span)
    loop = Loop(None, source, body, None, first=False, suspends=False, span=span)
    return (*(() if begin is None else _begun(reader, begin)), loop)


def _begun(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """What a counting loop begins with: a declaration or an expression."""
    return reader.statement(node) if node.type.endswith(("_declaration", "_statement")) else _done(reader, node, span_of(node))


def _tested(reader: Reader, node: "Node") -> Expression:
    return reader.inner(node) if node.type == "expression_statement" else reader.expression(node)


def _counted(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    body, step = node.child_by_field_id(reader.fields.body), node.child_by_field_id(reader.fields.increment)
    inside = () if body is None else reader.body(body)
    return inside if step is None else (*inside, *_done(reader, step, span_of(step)))


def _for_each(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A loop over values; one over `in` is over the keys of its source."""
    fields, span = reader.fields, span_of(node)
    source = reader.expression_at(node, fields.right)
    operator = node.child_by_field_id(fields.operator)
    if operator is not None and operator.type == "in":
        source = Operation("keys", (source,), source.span)
    suspends = any(child.type == "await" for child in node.children[:3])
    target = reader.expression_at(node, fields.left)
    return (Loop(target, source, reader.block_at(node, fields.body), None, first=False, suspends=suspends, span=span),)


def _try(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    fields = reader.fields
    handler, end = node.child_by_field_id(fields.handler), node.child_by_field_id(fields.finalizer)
    handlers = () if handler is None else (_handler(reader, handler),)
    at_end = None if end is None else reader.block_at(end, fields.body)
    return (Guard(reader.block_at(node, fields.body), handlers, None, at_end, span_of(node)),)


def _handler(reader: Reader, node: "Node") -> Handler:
    parameter = node.child_by_field_id(reader.fields.parameter)
    name = None if parameter is None else reader.expression(parameter)
    return Handler(None, name, reader.block_at(node, reader.fields.body), span_of(node))


def _switch(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    body = node.child_by_field_id(reader.fields.body)
    parts = [] if body is None else reader.named(body)
    cases = tuple(_case(reader, part, is_last=part == parts[-1]) for part in parts)
    return (Match(reader.expression_at(node, reader.fields.value), cases, span_of(node)),)


def _case(reader: Reader, node: "Node", *, is_last: bool) -> Case:
    """One case, without the `break` at its end. The next one follows where the body may end."""
    value = node.child_by_field_id(reader.fields.value)
    inside = [child for child in reader.named(node) if child != value]
    while inside and inside[-1].kind_id == reader.kinds.statement_block:
        inside[-1:] = reader.named(inside[-1])
    last = inside[-1].type if inside else ""
    if last == "break_statement" and inside[-1].child_by_field_id(reader.fields.label) is None:
        inside.pop()
    return Case(
        None if value is None else reader.expression(value),
        None,
        reader.later(partial(reader.statements, inside), span_of(node)),
        falls=not is_last and last not in _LEAVES,
        span=span_of(node),
    )


def _return(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (_leave(reader, node, "return"),)


def _throw(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (_leave(reader, node, "raise"),)


def _leave(reader: Reader, node: "Node", how: str) -> Leave:
    value = reader.only(node)
    return Leave(how, None if value is None else reader.expression(value), None, span_of(node))


def _break(_reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (Leave("break", None, None, span_of(node)),)


def _continue(_reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (Leave("continue", None, None, span_of(node)),)


def _labelled(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """A statement with a label; which loop a `break` leaves is not kept. A block that can be left so is opaque."""
    body = node.child_by_field_id(reader.fields.body)
    if body is None:
        return ()
    inside = reader.statement(body)
    is_block = body.kind_id == reader.kinds.statement_block
    return (Opaque("labelled block", inside, EVERY_WAY, span_of(node)),) if is_block else inside


def _with(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """`with` makes members of a value look like variables, so nothing in it is what it seems."""
    return (reader.opaque("with", node, EVERY_WAY),)


def _debugger(_reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (Opaque("debugger", (), NO_WAY, span_of(node)),)


def _type(_reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (Opaque("type", (), NO_WAY, span_of(node)),)


def _nothing(_reader: Reader, _node: "Node") -> tuple[Statement, ...]:
    return ()


STATEMENTS: Final[Mapping[str, StatementReader]] = {
    "expression_statement": _effect,
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "using_declaration": _declaration,
    "variable_declarator": _declarator,
    "statement_block": _inline,
    "if_statement": _if,
    "while_statement": _while,
    "do_statement": _do,
    "for_statement": _for,
    "for_in_statement": _for_each,
    "try_statement": _try,
    "switch_statement": _switch,
    "return_statement": _return,
    "throw_statement": _throw,
    "break_statement": _break,
    "continue_statement": _continue,
    "labeled_statement": _labelled,
    "with_statement": _with,
    "debugger_statement": _debugger,
    "interface_declaration": _type,
    "type_alias_declaration": _type,
    "ambient_declaration": _type,
    "function_signature": _type,
    "empty_statement": _nothing,
    "hash_bang_line": _nothing,
}
