"""Shorthands for the syntax trees that compiled expressions consist of."""

import ast
from typing import Any

# Every node carries the same place, given when it is built: walking the tree again to add it costs more than building it.
AT: Any = {"lineno": 1, "col_offset": 0}
LOAD, STORE = ast.Load(), ast.Store()


def variable(name: str) -> ast.expr:
    """A variable that is read."""
    return ast.Name(name, LOAD, **AT)


def constant(value: Any) -> ast.expr:
    """A literal: None, True, False, a number or text."""
    return ast.Constant(value, **AT)


def call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(*arguments)`."""
    return ast.Call(function, list(arguments), [], **AT)


def get_method(holder: ast.expr) -> ast.expr:
    """`holder.get`."""
    return ast.Attribute(holder, "get", LOAD, **AT)


def subscript(holder: ast.expr, key: ast.expr) -> ast.expr:
    """`holder[key]`."""
    return ast.Subscript(holder, key, LOAD, **AT)


def negation(value: ast.expr) -> ast.expr:
    """`not value`."""
    return ast.UnaryOp(ast.Not(), value, **AT)


def is_same(value: ast.expr, expected: object) -> ast.expr:
    """`value is expected`, for None, True or False."""
    if isinstance(value, ast.Constant | ast.Tuple):  # Python warns about `is` with a literal, so compare here
        return constant(isinstance(value, ast.Constant) and value.value is expected)
    return ast.Compare(value, [ast.Is()], [constant(expected)], **AT)


def if_known(tested: ast.expr, value: ast.expr) -> ast.expr:
    """`None if tested is None else value`."""
    return ast.IfExp(is_same(tested, None), constant(None), value, **AT)


def branch(test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> ast.stmt:
    """`if test: body`, and `else: orelse` where that is not empty."""
    return ast.If(test, body, orelse, **AT)


def assignment(target: ast.expr, value: ast.expr) -> ast.stmt:
    """`target = value`, where `target` is a variable."""
    name = target.id if isinstance(target, ast.Name) else ""
    return ast.Assign([ast.Name(name, STORE, **AT)], value, **AT)
