"""Expressions of Python in the form, from the nodes of `ast`.

Each node is converted by a function of its type. What a newer Python adds is opaque until it has one.
"""

import ast
import sys
from collections.abc import Callable
from functools import partial
from operator import attrgetter

from shipcheck.code.form import (
    Argument,
    Await,
    Bind,
    Block,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Either,
    Entry,
    Expression,
    Function,
    Item,
    Leave,
    Member,
    Name,
    Not,
    Opaque,
    Operation,
    Parameter,
    Record,
    Repeat,
    Sequence,
    Span,
    Spread,
    Statement,
    Template,
    Yield,
)
from shipcheck.code.python_parts import ALL_LEAVES, NO_LEAVES, call, entry, formatted, joined, parameter, sign, text_of

span_of: Callable[[ast.AST], Span] = attrgetter("lineno", "col_offset", "end_lineno", "end_col_offset")
_NOT_CONVERTED = -1
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
    ast.UAdd: "+",
    ast.USub: "-",
    ast.Invert: "~",
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is-not",
    ast.In: "in",
    ast.NotIn: "not-in",
}


class _Converters(dict[type[ast.AST], Callable[..., Expression]]):
    """What converts each type of node."""

    def __missing__(self, kind: type[ast.AST]) -> Callable[..., Expression]:
        return _unknown


_OF = _Converters()


def expression(node: ast.expr) -> Expression:
    """Convert one expression."""
    return _OF[type(node)](node)


def optional(node: ast.expr | None) -> Expression | None:
    """Convert an expression where there is one."""
    return None if node is None else _OF[type(node)](node)


def expressions(nodes: list[ast.expr]) -> tuple[Expression, ...]:
    """Convert each of them."""
    return tuple([_OF[type(node)](node) for node in nodes])


def arguments(values: list[ast.expr], keywords: list[ast.keyword]) -> tuple[Argument, ...]:
    """Convert the arguments of a call or the bases of a class, in the order in which they are evaluated."""
    found = [_argument(value) for value in values]
    for keyword in keywords:
        value = keyword.value
        found.append(Argument(_OF[type(value)](value), keyword.arg or "", keyword.arg is None, span_of(keyword)))
    return tuple(found)


def parameters(node: ast.arguments, *, receives: bool) -> tuple[Parameter, ...]:
    """Convert parameters; of a method that `receives`, the first one by position is its receiver."""
    found = []
    by_position = [*node.posonlyargs, *node.args]
    missing = len(by_position) - len(node.defaults)
    for index, given in enumerate(by_position):
        kind = "position" if index < len(node.posonlyargs) else "plain"
        default = None if index < missing else node.defaults[index - missing]
        found.append(_parameter(given, "receiver" if receives and not index else kind, default))
    if node.vararg is not None:
        found.append(_parameter(node.vararg, "rest", None))
    if node.kwonlyargs:
        pairs = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        found.extend([_parameter(given, "keyword", default) for given, default in pairs])
    if node.kwarg is not None:
        found.append(_parameter(node.kwarg, "options", None))
    return tuple(found)


def opaque(what: str, node: ast.AST, children: tuple[Expression | Statement, ...], leaves: frozenset[str]) -> Opaque:
    """Make an opaque node at the place of a node."""
    return Opaque(what, children, leaves, span_of(node))


def _unknown(node: ast.expr) -> Expression:
    """Keep the children of a node that a newer Python has."""
    children = [_OF[type(child)](child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return opaque(type(node).__name__.lower(), node, tuple(children), ALL_LEAVES)


def _argument(node: ast.expr) -> Argument:
    if type(node) is ast.Starred:
        return Argument(_OF[type(node.value)](node.value), "", spread=True, span=span_of(node))
    value = _OF[type(node)](node)
    return Argument(value, "", spread=False, span=value.span)


def _parameter(node: ast.arg, kind: str, default: ast.expr | None) -> Parameter:
    return parameter(node.arg, span_of(node), kind, optional(default), optional(node.annotation))


def _constant(node: ast.Constant) -> Expression:
    value = node.value
    if value is ...:
        return opaque("ellipsis", node, (), NO_LEAVES)
    return Constant(value, span_of(node))


def _name(node: ast.Name) -> Expression:
    return Name(node.id, span_of(node))


def _attribute(node: ast.Attribute) -> Expression:
    return Member(_OF[type(node.value)](node.value), node.attr, span_of(node))


def _subscript(node: ast.Subscript) -> Expression:
    return Item(_OF[type(node.value)](node.value), _OF[type(node.slice)](node.slice), span_of(node))


def _slice(node: ast.Slice) -> Expression:
    span = span_of(node)
    nothing = Constant(None, span)
    return Operation("slice", tuple([optional(part) or nothing for part in (node.lower, node.upper, node.step)]), span)


def _call(node: ast.Call) -> Expression:
    return call(_OF[type(node.func)](node.func), arguments(node.args, node.keywords), span_of(node))


def _sequence(kind: str, node: ast.List | ast.Tuple | ast.Set) -> Expression:
    return Sequence(kind, expressions(node.elts), span_of(node))


def _starred(node: ast.Starred) -> Expression:
    return Spread(_OF[type(node.value)](node.value), span_of(node))


def _dict(node: ast.Dict) -> Expression:
    return Record(tuple([_entry(key, value) for key, value in zip(node.keys, node.values, strict=True)]), span_of(node))


def _entry(key: ast.expr | None, value: ast.expr) -> Entry:
    unpacked = expression(value)
    return Entry(None, unpacked, unpacked.span) if key is None else entry(expression(key), unpacked)


def _choice(node: ast.IfExp) -> Expression:
    return Choice(expression(node.test), expression(node.body), expression(node.orelse), span_of(node))


def _either(node: ast.BoolOp) -> Expression:
    return Either(OPERATORS[type(node.op)], expressions(node.values), span_of(node))


def _unary(node: ast.UnaryOp) -> Expression:
    operand = _OF[type(node.operand)](node.operand)
    if type(node.op) is ast.Not:
        return Not(operand, span_of(node))
    return sign(OPERATORS[type(node.op)], operand, span_of(node))


def _binary(node: ast.BinOp) -> Expression:
    """Convert a chain of operators without recursion, since texts are joined from hundreds of parts."""
    chain = [node]
    while type(node.left) is ast.BinOp:
        node = node.left
        chain.append(node)
    left = _OF[type(node.left)](node.left)
    for link in reversed(chain):
        left = Operation(OPERATORS[type(link.op)], (left, _OF[type(link.right)](link.right)), span_of(link))
    return left


def _compare(node: ast.Compare) -> Expression:
    operators = tuple([OPERATORS[type(operator)] for operator in node.ops])
    return Compare(operators, expressions([node.left, *node.comparators]), span_of(node))


def _lambda(node: ast.Lambda) -> Expression:
    body = Block(partial(_lambda_body, node.body), span_of(node.body))
    given = parameters(node.args, receives=False)
    return Function("", given, body, (), None, is_async=False, is_lambda=True, span=span_of(node))


def _lambda_body(node: ast.expr) -> tuple[Statement, ...]:
    value = expression(node)
    return (Leave("return", value, None, value.span),)


def _comprehension(kind: str, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Expression:
    return Comprehension(kind, expression(node.elt), _repeats(node.generators), span_of(node))


def _dict_comprehension(node: ast.DictComp) -> Expression:
    key, value = expression(node.key), optional(node.value)
    element = Entry(None, key, key.span) if value is None else entry(key, value)
    return Comprehension("dict", element, _repeats(node.generators), span_of(node))


def _repeats(nodes: list[ast.comprehension]) -> tuple[Repeat, ...]:
    return tuple([Repeat(expression(n.target), expression(n.iter), expressions(n.ifs), bool(n.is_async)) for n in nodes])


def _await(node: ast.Await) -> Expression:
    return Await(expression(node.value), span_of(node))


def _yield(node: ast.Yield) -> Expression:
    return Yield(optional(node.value), all=False, span=span_of(node))


def _yield_from(node: ast.YieldFrom) -> Expression:
    return Yield(expression(node.value), all=True, span=span_of(node))


def _bind(node: ast.NamedExpr) -> Expression:
    return Bind(expression(node.target), "", expression(node.value), span_of(node))


def _formatted(node: ast.FormattedValue) -> Expression:
    """Convert a replacement field; its conversion and format are kept where they change the text."""
    value = expression(node.value)
    specification = None if node.format_spec is None else expression(node.format_spec)
    return formatted(value, "" if node.conversion == _NOT_CONVERTED else chr(node.conversion), specification)


def _joined(node: ast.JoinedStr) -> Expression:
    return text_of([expression(value) for value in node.values], span_of(node))


_OF.update(
    {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.Attribute: _attribute,
        ast.Subscript: _subscript,
        ast.Slice: _slice,
        ast.Call: _call,
        ast.List: partial(_sequence, "list"),
        ast.Tuple: partial(_sequence, "tuple"),
        ast.Set: partial(_sequence, "set"),
        ast.Starred: _starred,
        ast.Dict: _dict,
        ast.IfExp: _choice,
        ast.BoolOp: _either,
        ast.UnaryOp: _unary,
        ast.BinOp: _binary,
        ast.Compare: _compare,
        ast.Lambda: _lambda,
        ast.ListComp: partial(_comprehension, "list"),
        ast.SetComp: partial(_comprehension, "set"),
        ast.GeneratorExp: partial(_comprehension, "generator"),
        ast.DictComp: _dict_comprehension,
        ast.Await: _await,
        ast.Yield: _yield,
        ast.YieldFrom: _yield_from,
        ast.NamedExpr: _bind,
        ast.JoinedStr: _joined,
        ast.FormattedValue: _formatted,
    }
)
if sys.version_info >= (3, 14):
    # What is between its texts stays a part: this value is not a text, and its reader sees the parts.
    def _template(node: ast.TemplateStr) -> Expression:
        return Template(joined(list(expressions(node.values))), span_of(node))

    _OF[ast.TemplateStr] = _template
    _OF[ast.Interpolation] = _formatted
