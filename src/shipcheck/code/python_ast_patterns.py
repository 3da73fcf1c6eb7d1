"""`match` of Python in the form, from the nodes of `ast`: a pattern is the expression that it takes apart."""

import ast
from collections.abc import Callable

from shipcheck.code.form import Argument, Bind, Call, Constant, Either, Entry, Expression, Name, Record, Sequence, Spread
from shipcheck.code.python_ast_expressions import expression, opaque, span_of
from shipcheck.code.python_parts import ALL_LEAVES, entry, name_at_end


class _Converters(dict[type[ast.AST], Callable[..., Expression]]):
    """What converts each type of pattern."""

    def __missing__(self, kind: type[ast.AST]) -> Callable[..., Expression]:
        return _unknown


_OF = _Converters()


def pattern(node: ast.pattern) -> Expression:
    """Convert one pattern; a name in it is what it captures, and `_` is a name too."""
    return _OF[type(node)](node)


def case_pattern(node: ast.pattern) -> Expression | None:
    """Convert the pattern of a case; `_` alone is the default."""
    if isinstance(node, ast.MatchAs) and node.name is None:
        return None
    return pattern(node)


def _unknown(node: ast.pattern) -> Expression:
    children = [_OF[type(child)](child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.pattern)]
    return opaque(type(node).__name__.lower(), node, tuple(children), ALL_LEAVES)


def _value(node: ast.MatchValue) -> Expression:
    return expression(node.value)


def _singleton(node: ast.MatchSingleton) -> Expression:
    return Constant(node.value, span_of(node))


def _sequence(node: ast.MatchSequence) -> Expression:
    return Sequence("list", tuple([pattern(item) for item in node.patterns]), span_of(node))


def _star(node: ast.MatchStar) -> Expression:
    span = span_of(node)
    return Spread(name_at_end(node.name or "_", span), span)


def _mapping(node: ast.MatchMapping) -> Expression:
    span = span_of(node)
    entries = [entry(expression(key), pattern(value)) for key, value in zip(node.keys, node.patterns, strict=True)]
    if node.rest is not None:
        entries.append(Entry(None, Name(node.rest, span), span))
    return Record(tuple(entries), span)


def _class(node: ast.MatchClass) -> Expression:
    values = [("", pattern(value)) for value in node.patterns]
    values += [(name, pattern(value)) for name, value in zip(node.kwd_attrs, node.kwd_patterns, strict=True)]
    given = [Argument(value, name, spread=False, span=value.span) for name, value in values]
    return Call(expression(node.cls), tuple(given), makes=False, span=span_of(node))


def _capture(node: ast.MatchAs) -> Expression:
    span = span_of(node)
    name = node.name or "_"
    if node.pattern is None:
        return Name(name, span)
    return Bind(name_at_end(name, span), "", pattern(node.pattern), span)


def _either(node: ast.MatchOr) -> Expression:
    return Either("or", tuple([pattern(value) for value in node.patterns]), span_of(node))


_OF.update(
    {
        ast.MatchValue: _value,
        ast.MatchSingleton: _singleton,
        ast.MatchSequence: _sequence,
        ast.MatchStar: _star,
        ast.MatchMapping: _mapping,
        ast.MatchClass: _class,
        ast.MatchAs: _capture,
        ast.MatchOr: _either,
    }
)
