"""Python in the form, read by the standard `ast`. Bodies are converted when they are first read."""

import ast
import sys
import warnings
from collections.abc import Callable
from functools import partial

from shipcheck.code.form import (
    Assign,
    Block,
    Branch,
    Case,
    Class,
    Context,
    Evaluate,
    Form,
    Function,
    Guard,
    Handler,
    Import,
    Imported,
    Leave,
    Loop,
    Match,
    Name,
    Opaque,
    Outer,
    Statement,
    Within,
)
from shipcheck.code.python_ast_expressions import (
    OPERATORS,
    arguments,
    expression,
    expressions,
    opaque,
    optional,
    parameters,
    span_of,
)
from shipcheck.code.python_ast_patterns import case_pattern
from shipcheck.code.python_parts import ALL_LEAVES, EMPTY_SPAN, NO_LEAVES, RAISES, Scope, from_to, has_receiver

DIALECT = "ast {}.{}.{}".format(*sys.version_info[:3])


def read_python(path: str, content: bytes) -> Form | None:
    """Read a Python file; None where this Python cannot parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Form(path, "pypi", DIALECT, _block(module.body, Scope.OTHER), ())


class _Converters(dict[type[ast.AST], Callable[..., Statement]]):
    """What converts each type of statement. Each is given the node and its scope."""

    def __missing__(self, kind: type[ast.AST]) -> Callable[..., Statement]:
        return _unknown


_OF = _Converters()


def _block(nodes: list[ast.stmt], scope: Scope) -> Block:
    span = from_to(span_of(nodes[0]), span_of(nodes[-1])) if nodes else EMPTY_SPAN
    return Block(partial(_statements, nodes, scope), span)


def _optional_block(nodes: list[ast.stmt], scope: Scope) -> Block | None:
    return _block(nodes, scope) if nodes else None


def _statements(nodes: list[ast.stmt], scope: Scope) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for node in nodes:
        if type(node) is ast.Import:
            found.extend([_import(alias, node) for alias in node.names])
        elif type(node) is not ast.Pass:
            found.append(_OF[type(node)](node, scope))
    return tuple(found)


def _unknown(node: ast.stmt, scope: Scope) -> Statement:
    """Keep the children of a statement that a newer Python has."""
    children: list[Statement] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            children.append(Evaluate(expression(child), span_of(child)))
        elif isinstance(child, ast.stmt):
            children.extend(_statements([child], scope))
    return opaque(type(node).__name__.lower(), node, tuple(children), ALL_LEAVES)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Statement:
    decorators = expressions(node.decorator_list)
    return Function(
        node.name,
        parameters(node.args, receives=has_receiver(scope, decorators)),
        _block(node.body, Scope.OTHER),
        decorators,
        optional(node.returns),
        is_async=type(node) is ast.AsyncFunctionDef,
        is_lambda=False,
        span=span_of(node),
    )


def _class(node: ast.ClassDef, _: Scope) -> Statement:
    bases = arguments(node.bases, node.keywords)
    return Class(node.name, bases, expressions(node.decorator_list), _block(node.body, Scope.CLASS), span_of(node))


def _evaluate(node: ast.Expr, _: Scope) -> Statement:
    return Evaluate(expression(node.value), span_of(node))


def _assign(node: ast.Assign, _: Scope) -> Statement:
    return Assign(expressions(node.targets), "", expression(node.value), None, span_of(node))


def _change(node: ast.AugAssign, _: Scope) -> Statement:
    return Assign((expression(node.target),), OPERATORS[type(node.op)], expression(node.value), None, span_of(node))


def _declare(node: ast.AnnAssign, _: Scope) -> Statement:
    return Assign((expression(node.target),), "", optional(node.value), expression(node.annotation), span_of(node))


def _leave(how: str, node: ast.Break | ast.Continue, _: Scope) -> Statement:
    return Leave(how, None, None, span_of(node))


def _return(node: ast.Return, _: Scope) -> Statement:
    return Leave("return", optional(node.value), None, span_of(node))


def _raise(node: ast.Raise, _: Scope) -> Statement:
    return Leave("raise", optional(node.exc), optional(node.cause), span_of(node))


def _branch(node: ast.If, scope: Scope) -> Statement:
    then = _block(node.body, scope)
    return Branch(expression(node.test), then, _optional_block(node.orelse, scope), span_of(node))


def _for(node: ast.For | ast.AsyncFor, scope: Scope) -> Statement:
    body = _block(node.body, scope)
    otherwise = _optional_block(node.orelse, scope)
    target, source = expression(node.target), expression(node.iter)
    return Loop(target, source, body, otherwise, first=False, suspends=type(node) is ast.AsyncFor, span=span_of(node))


def _while(node: ast.While, scope: Scope) -> Statement:
    body = _block(node.body, scope)
    otherwise = _optional_block(node.orelse, scope)
    return Loop(None, expression(node.test), body, otherwise, first=False, suspends=False, span=span_of(node))


def _guard(node: "ast.Try | ast.TryStar", scope: Scope) -> Statement:
    return Guard(
        _block(node.body, scope),
        tuple([_handler(handler, scope) for handler in node.handlers]),
        _optional_block(node.orelse, scope),
        _optional_block(node.finalbody, scope),
        span_of(node),
    )


def _handler(node: ast.ExceptHandler, scope: Scope) -> Handler:
    types = optional(node.type)
    name = Name(node.name, types.span) if node.name and types else None
    return Handler(types, name, _block(node.body, scope), span_of(node))


def _within(node: ast.With | ast.AsyncWith, scope: Scope) -> Statement:
    contexts = [Context(expression(item.context_expr), optional(item.optional_vars)) for item in node.items]
    return Within(tuple(contexts), _block(node.body, scope), suspends=type(node) is ast.AsyncWith, span=span_of(node))


def _match(node: ast.Match, scope: Scope) -> Statement:
    return Match(expression(node.subject), tuple([_case(case, scope) for case in node.cases]), span_of(node))


def _case(node: ast.match_case, scope: Scope) -> Case:
    """Convert a case, which reaches from its pattern to the end of its body."""
    span = from_to(span_of(node.pattern), span_of(node.body[-1]))
    body = _block(node.body, scope)
    return Case(case_pattern(node.pattern), optional(node.guard), body, falls=False, span=span)


def _import(alias: ast.alias, node: ast.Import) -> Statement:
    top = alias.name if alias.asname else alias.name.partition(".")[0]
    return Import(top, 0, (Imported("", alias.asname or top, span_of(alias)),), alias.name, span_of(node))


def _import_from(node: ast.ImportFrom, _: Scope) -> Statement:
    module = node.module or ""
    return Import(module, node.level, tuple([_imported(alias) for alias in node.names]), module, span_of(node))


def _imported(alias: ast.alias) -> Imported:
    local = "" if alias.name == "*" else alias.asname or alias.name
    return Imported(alias.name, local, span_of(alias))


def _outer(node: ast.Global | ast.Nonlocal, _: Scope) -> Statement:
    return Outer(tuple(node.names), span_of(node))


def _delete(node: ast.Delete, _: Scope) -> Statement:
    return opaque("delete", node, expressions(node.targets), NO_LEAVES)


def _assert(node: ast.Assert, _: Scope) -> Statement:
    asked = (expression(node.test),) if node.msg is None else (expression(node.test), expression(node.msg))
    return Opaque("assert", asked, RAISES, span_of(node))


_OF.update(
    {
        ast.FunctionDef: _function,
        ast.AsyncFunctionDef: _function,
        ast.ClassDef: _class,
        ast.Expr: _evaluate,
        ast.Assign: _assign,
        ast.AugAssign: _change,
        ast.AnnAssign: _declare,
        ast.Return: _return,
        ast.Raise: _raise,
        ast.Break: partial(_leave, "break"),
        ast.Continue: partial(_leave, "continue"),
        ast.If: _branch,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.Try: _guard,
        ast.TryStar: _guard,
        ast.With: _within,
        ast.AsyncWith: _within,
        ast.Match: _match,
        ast.ImportFrom: _import_from,
        ast.Global: _outer,
        ast.Nonlocal: _outer,
        ast.Delete: _delete,
        ast.Assert: _assert,
    }
)
if sys.version_info >= (3, 12):

    def _alias(node: ast.TypeAlias, _: Scope) -> Statement:
        return Assign((expression(node.name),), "", expression(node.value), None, span_of(node))

    _OF[ast.TypeAlias] = _alias
