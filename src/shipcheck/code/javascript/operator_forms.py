"""Operators: of values, of truth, comparisons, assignments inside expressions, and what suspends."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import (
    Await,
    Bind,
    Choice,
    Compare,
    Constant,
    Either,
    Expression,
    Not,
    Opaque,
    Operation,
    Span,
    Yield,
)
from shipcheck.code.javascript.node_reader import EVERY_WAY, LONGEST, ExpressionReader, Reader, broken, span_of
from shipcheck.code.limits import DEEP

if TYPE_CHECKING:
    from tree_sitter import Node

_EITHER: Final = {"&&": "and", "||": "or", "??": "??"}
_COMPARE: Final = {
    "===": "==",
    "==": "==",
    "!==": "!=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "in": "in",
    "instanceof": "is",
}


def operator_of(reader: Reader, node: "Node") -> str:
    """The operator of a node as it is written; empty where it is missing."""
    operator = node.child_by_field_id(reader.fields.operator)
    return "" if operator is None else operator.type


def change_of(reader: Reader, node: "Node") -> tuple[str, Expression]:
    """The operator and value of `a += b` or `a++`, which adds 1; `a ||= b` has the operator of `a || b` in the form."""
    written = operator_of(reader, node)
    if written in ("++", "--"):
        return written[0], Constant(1, span_of(node))
    operator = written.removesuffix("=")
    return _EITHER.get(operator, operator), reader.expression_at(node, reader.fields.right)


def _binary(reader: Reader, node: "Node") -> Expression:
    """A chain of operators, each applied to what is left of it; neighbours that decide alike are one choice."""
    links: list[Node] = []
    inner: Node | None = node
    while inner is not None and inner.kind_id == reader.kinds.binary_expression:
        links.append(inner)
        inner = inner.child_by_field_id(reader.fields.left)
    line, column = node.start_point
    start = (line + 1, column)
    value = broken(span_of(node)) if inner is None else reader.expression(inner)
    links.reverse()
    if len(links) > LONGEST:
        value = _cut(reader, value, links[:-LONGEST], start)
    for operator, group in groupby(links[-LONGEST:], key=lambda link: operator_of(reader, link)):
        value = _applied(reader, operator, value, list(group), start)
    return value


def _applied(reader: Reader, operator: str, value: Expression, links: list["Node"], start: tuple[int, int]) -> Expression:
    """Links with the same operator, applied to a value."""
    right = reader.fields.right
    if operator in _EITHER:
        values = (value, *(reader.expression_at(link, right) for link in links))
        return Either(_EITHER[operator], values, _until(start, links[-1]))
    for link in links:
        operands, span = (value, reader.expression_at(link, right)), _until(start, link)
        is_test = operator in _COMPARE
        value = Compare((_COMPARE[operator],), operands, span) if is_test else Operation(operator, operands, span)
    return value


def _cut(reader: Reader, base: Expression, links: list["Node"], start: tuple[int, int]) -> Expression:
    """The beginning of a chain that is too long: its values side by side."""
    values = (base, *(reader.expression_at(link, reader.fields.right) for link in links))
    return Opaque(DEEP, values, EVERY_WAY, _until(start, links[-1]))


def _until(start: tuple[int, int], node: "Node") -> Span:
    row, column = node.end_point
    return (*start, row + 1, column)


def _unary(reader: Reader, node: "Node") -> Expression:
    operator, span = operator_of(reader, node), span_of(node)
    operand = reader.expression_at(node, reader.fields.argument)
    if operator == "!":
        return Not(operand, span)
    if operator == "-" and isinstance(operand, Constant) and type(operand.value) in (int, float):
        return Constant(-operand.value, span)  # type: ignore[operator] # the line above says which types it has
    return Operation(operator, (operand,), span)


def _choice(reader: Reader, node: "Node") -> Expression:
    fields = reader.fields
    test, yes = reader.expression_at(node, fields.condition), reader.expression_at(node, fields.consequence)
    return Choice(test, yes, reader.expression_at(node, fields.alternative), span_of(node))


def _assignment(reader: Reader, node: "Node") -> Expression:
    """An assignment inside an expression."""
    target = reader.expression_at(node, reader.fields.left)
    return Bind(target, "", reader.expression_at(node, reader.fields.right), span_of(node))


def _default(reader: Reader, node: "Node") -> Expression:
    """The default of a part of a pattern; its operator tells it from an assignment."""
    target = reader.expression_at(node, reader.fields.left)
    return Bind(target, "=", reader.expression_at(node, reader.fields.right), span_of(node))


def _augmented(reader: Reader, node: "Node") -> Expression:
    target = reader.expression_at(node, reader.fields.left)
    operator, value = change_of(reader, node)
    return Bind(target, operator, value, span_of(node))


def _update(reader: Reader, node: "Node") -> Expression:
    target = reader.expression_at(node, reader.fields.argument)
    operator, value = change_of(reader, node)
    return Bind(target, operator, value, span_of(node))


def _sequence(reader: Reader, node: "Node") -> Expression:
    """`a, b` is the last of its values."""
    return Operation(",", tuple(reader.expression(child) for child in reader.named(node)), span_of(node))


def _await(reader: Reader, node: "Node") -> Expression:
    return Await(reader.inner(node), span_of(node))


def _yield(reader: Reader, node: "Node") -> Expression:
    value = reader.only(node)
    every = node.child_count > 1 and any(child.type == "*" for child in node.children)
    return Yield(None if value is None else reader.expression(value), every, span_of(node))


OPERATORS: Final[Mapping[str, ExpressionReader]] = {
    "binary_expression": _binary,
    "unary_expression": _unary,
    "ternary_expression": _choice,
    "assignment_expression": _assignment,
    "assignment_pattern": _default,
    "augmented_assignment_expression": _augmented,
    "update_expression": _update,
    "sequence_expression": _sequence,
    "await_expression": _await,
    "yield_expression": _yield,
}
