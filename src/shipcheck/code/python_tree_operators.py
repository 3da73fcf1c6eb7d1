"""Operators of Python in the form, from nodes of tree-sitter."""

from collections.abc import Callable
from functools import partial, reduce
from typing import TypeAlias

from tree_sitter import Node

from shipcheck.code.form import Await, Bind, Choice, Compare, Either, Expression, Not, Operation, Span, Yield
from shipcheck.code.python_parts import from_to, sign
from shipcheck.code.python_tree_core import bare, broken, end_of, expression, field, inner_of, on_left, optional
from shipcheck.code.python_tree_nodes import first_part, has_sign, parts, parts_and_signs, span_between, span_of, text

# An expression, and where it is together with its parentheses.
_Placed: TypeAlias = tuple[Expression, Span]
_BITS = frozenset({"&", "^"})
_COMPARISONS = {"is not": "is-not", "not in": "not-in", "<>": "!="}


def _choice(node: Node) -> Expression:
    """Convert a choice. A name that is bound by `:=` at its beginning has all of it as its value."""
    first, test_node, no_node = parts(node)
    test, no = expression(test_node), expression(bare(no_node))
    bound = first.child_by_field_name("value") if first.type == "named_expression" else None
    yes = expression(bound or first)
    if bound is None:
        return on_left(node, first, yes, lambda left, span: Choice(test, left, no, span))
    last = end_of(node)
    return Bind(field(first, "name"), "", Choice(test, yes, no, span_between(bound, last)), span_between(node, last))


def _either(node: Node) -> Expression:
    """Convert `and` or `or`. The grammar makes pairs of what is one chain."""
    operator = text(node.child_by_field_name("operator"))
    chain: list[Expression] = []
    left: Node | None = node
    while left is not None and left.type == "boolean_operator" and has_sign(left, operator):
        chain.append(field(left, "right"))
        left = left.child_by_field_name("left")
    first = broken(node) if left is None else expression(left)
    return on_left(node, left or node, first, lambda value, span: Either(operator, (value, *reversed(chain)), span))


def _not(node: Node) -> Expression:
    return Not(field(node, "argument"), span_of(node))


def _unary(node: Node) -> Expression:
    return sign(text(node.child_by_field_name("operator")), field(node, "argument"), span_of(node))


def _operator(node: Node) -> str:
    return text(node.child_by_field_name("operator"))


def _binary(node: Node) -> Expression:
    """Convert a chain of operators without recursion, since texts are joined from hundreds of parts."""
    if _operator(node) in _BITS:
        return _bits(node)
    chain: list[Node] = []
    left: Node | None = node
    while left is not None and left.type == "binary_operator" and _operator(left) not in _BITS:
        chain.append(left)
        left = left.child_by_field_name("left")
    first = broken(node) if left is None else expression(left)
    return on_left(node, left or node, first, lambda value, span: _folded(value, span, chain))


def _folded(left: Expression, place: Span, chain: list[Node]) -> Expression:
    """Join the links of a chain, from the innermost one, to operations that all begin at a place."""
    for link in reversed(chain):
        end = span_of(link)
        left = Operation(_operator(link), (left, field(link, "right")), from_to(place, end))
    return left


def _bits(node: Node) -> Expression:
    """Convert a chain of `&` and `^`. For the grammar `^` binds closer, for Python `&` does."""
    operands: list[Node] = []
    operators: list[str] = []
    waiting: list[Node] = [node]
    while waiting:
        found = waiting.pop()
        if found.type == "binary_operator" and _operator(found) in _BITS:
            waiting.extend(reversed(parts_and_signs(found)))
        elif found.is_named:
            operands.append(found)
        else:
            operators.append(found.type)
    first = expression(operands[0])
    return on_left(node, operands[0], first, lambda value, span: _by_precedence(value, span, operands, operators))


def _by_precedence(first: Expression, place: Span, operands: list[Node], operators: list[str]) -> Expression:
    """Join operands by `&`, and what that gives by `^`."""
    groups: list[_Placed] = [(first, place)]
    for operator, operand in zip(operators, operands[1:], strict=False):
        placed = (expression(operand), span_of(operand))
        if operator == "&":
            groups[-1] = _joined("&", groups[-1], placed)
        else:
            groups.append(placed)
    return reduce(partial(_joined, "^"), groups)[0]


def _joined(operator: str, left: _Placed, right: _Placed) -> _Placed:
    span = from_to(left[1], right[1])
    return Operation(operator, (left[0], right[0]), span), span


def _union(node: Node) -> Expression:
    """Convert a union of types. The grammar joins its parts in any order, Python from the left."""
    members: list[Node] = []
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if found.type in {"type", "union_type"} or (found.type == "binary_operator" and has_sign(found, "|")):
            waiting.extend(reversed(parts(found)))
        else:
            members.append(found)
    left = expression(members[0])
    for member in members[1:]:
        left = Operation("|", (left, expression(member)), span_between(node, member))
    return left


def _compare(node: Node) -> Expression:
    operators: list[str] = []
    operands: list[Node] = []
    for part in parts_and_signs(node):
        if part.is_named:
            operands.append(part)
        else:
            operators.append(_COMPARISONS.get(part.type, part.type))
    first, *others = [expression(operand) for operand in operands]
    return on_left(node, operands[0], first, lambda value, span: Compare(tuple(operators), (value, *others), span))


def _await(node: Node) -> Expression:
    """Convert `await`. It binds closer than a power, which the grammar takes for a part of it."""
    inner = first_part(node)
    if inner is None or inner.type != "binary_operator" or not has_sign(inner, "**"):
        return Await(inner_of(node), span_of(node))
    left = inner.child_by_field_name("left") or inner
    power = Await(expression(left), span_between(node, left))
    return Operation("**", (power, field(inner, "right")), span_of(node))


def _yield(node: Node) -> Expression:
    value = first_part(node)
    return Yield(optional(value), has_sign(node, "from"), span_of(node))


def _bind(node: Node) -> Expression:
    return Bind(field(node, "name"), "", field(node, "value"), span_of(node))


def _alias(node: Node) -> Expression:
    """Convert `as` where it has no place."""
    given = parts(node)
    return Bind(expression(given[-1]), "", expression(given[0]), span_of(node))


OPERATORS: dict[str, Callable[[Node], Expression]] = {
    "conditional_expression": _choice,
    "boolean_operator": _either,
    "not_operator": _not,
    "unary_operator": _unary,
    "binary_operator": _binary,
    "union_type": _union,
    "comparison_operator": _compare,
    "await": _await,
    "yield": _yield,
    "named_expression": _bind,
    "as_pattern": _alias,
}
