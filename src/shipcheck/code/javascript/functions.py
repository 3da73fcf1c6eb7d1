"""Functions, methods and their parameters."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import (
    Assign,
    Block,
    Constant,
    Expression,
    Function,
    Leave,
    Member,
    Name,
    Opaque,
    Parameter,
    Span,
    Statement,
)
from shipcheck.code.javascript.literals import string_text
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

_WITH_TYPES: Final = frozenset({"required_parameter", "optional_parameter"})
_MADE_FIELD: Final = frozenset({"accessibility_modifier", "override_modifier", "readonly"})


def method(reader: Reader, node: "Node", decorators: tuple[Expression, ...]) -> Function:
    """A method of a class or an object. `decorators` are those before it.

    A getter is decorated by `property`, and a setter of `x` by `x.setter`: reading or assigning the member calls it. The
    parameters of a constructor that are fields, too, are assigned where its body begins.
    """
    words, named = _words_before_name(reader, node)
    name = "" if named is None else member_name(reader, named)
    given = _parameters(reader, node)
    span = span_behind_decorators(node)
    if "static" not in words and not any(one.kind == "receiver" for one in given):
        given = (_receiver(span), *given)
    accessor = _accessor(words, name, span)
    return Function(
        name,
        given,
        _method_body(reader, node, name),
        (*decorators, *accessor, *_decorated_parameters(reader, node)),
        reader.annotation_at(node, reader.fields.return_type),
        "async" in words,
        is_lambda=False,
        span=span,
    )


def member_name(reader: Reader, node: "Node") -> str:
    """The name of a member; one that is computed is as it is written, in its brackets."""
    text = string_text(reader, node) if node.type == "string" else None
    return reader.text(node) if text is None else text


def _function(reader: Reader, node: "Node") -> Function:
    """A function with the word `function`, declared or as a value."""
    return _defined(reader, node, is_lambda=False)


def _arrow(reader: Reader, node: "Node") -> Function:
    """An arrow function, whose `this` is that of where it is."""
    return _defined(reader, node, is_lambda=True)


def _defined(reader: Reader, node: "Node", *, is_lambda: bool) -> Function:
    fields = reader.fields
    named = None if is_lambda else node.child_by_field_id(fields.name)
    return Function(
        "" if named is None else reader.text(named),
        _parameters(reader, node),
        _body(reader, node),
        (),
        reader.annotation_at(node, fields.return_type),
        node.child(0).type == "async",
        is_lambda,
        span_of(node),
    )


def _body(reader: Reader, node: "Node") -> Block:
    """The body of a function; an arrow function may have an expression, which it returns."""
    body = node.child_by_field_id(reader.fields.body)
    if body is None:
        return Block(tuple, span_of(node))
    if body.kind_id == reader.kinds.statement_block:
        return reader.block(body)
    return reader.later(partial(_returned, reader, body), span_of(body))


def _returned(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (Leave("return", reader.expression(node), None, span_of(node)),)


def _method_body(reader: Reader, node: "Node", name: str) -> Block:
    given = node.child_by_field_id(reader.fields.parameters)
    if name != "constructor" or given is None:
        return _body(reader, node)
    body = node.child_by_field_id(reader.fields.body)
    return Block(tuple, span_of(node)) if body is None else reader.later(partial(_made, reader, given, body), span_of(body))


def _made(reader: Reader, given: "Node", body: "Node") -> tuple[Statement, ...]:
    """The body of a constructor, behind the assignments of parameters that are fields."""
    return (*_fields_of(reader, given), *reader.body(body))


def _fields_of(reader: Reader, given: "Node") -> Iterator[Assign]:
    for child in reader.named(given):
        if child.type in _WITH_TYPES and any(word.type in _MADE_FIELD for word in child.children):
            target = reader.expression_at(child, reader.fields.pattern)
            if isinstance(target, Name):
                span = span_of(child)
                yield Assign((Member(Name("this", span), target.name, span),), "", target, None, span)


def _words_before_name(reader: Reader, node: "Node") -> tuple[set[str], "Node | None"]:
    """The words before the name of a method, such as `static` or `get`, and the name."""
    words: set[str] = set()
    named = node.child_by_field_id(reader.fields.name)
    start = node.end_byte if named is None else named.start_byte
    for child in node.children:
        if child.start_byte >= start:
            break
        words.add(child.type)
    return words, named


def _accessor(words: set[str], name: str, span: Span) -> tuple[Expression, ...]:
    if "get" in words:
        return (Name("property", span),)
    return (Member(Name(name, span), "setter", span),) if "set" in words else ()


def _receiver(span: Span) -> Parameter:
    line, column, _, _ = span
    place = (line, column, line, column)
    return Parameter(Name("this", place), "receiver", None, None, place)


def _parameters(reader: Reader, node: "Node") -> tuple[Parameter, ...]:
    """The parameters of a function; an arrow function may have one without parentheses."""
    given = node.child_by_field_id(reader.fields.parameters)
    if given is not None:
        return tuple(_parameter(reader, child) for child in reader.named(given))
    alone = node.child_by_field_id(reader.fields.parameter)
    return () if alone is None else (_parameter(reader, alone),)


def _parameter(reader: Reader, node: "Node") -> Parameter:
    kind, fields = node.type, reader.fields
    if kind in _WITH_TYPES:
        return _typed_parameter(reader, node, is_optional=kind == "optional_parameter")
    if kind == "assignment_pattern":
        default = reader.expression_at(node, fields.right)
        return Parameter(reader.expression_at(node, fields.left), "plain", default, None, span_of(node))
    if kind == "rest_pattern":
        return Parameter(reader.inner(node), "rest", None, None, span_of(node))
    return Parameter(reader.expression(node), "plain", None, None, span_of(node))


def _typed_parameter(reader: Reader, node: "Node", *, is_optional: bool) -> Parameter:
    """A parameter of TypeScript; an optional one has no value where none is given."""
    fields = reader.fields
    pattern, value = node.child_by_field_id(fields.pattern), node.child_by_field_id(fields.value)
    kind = "plain" if pattern is None else _PARAMETER_KINDS.get(pattern.type, "plain")
    target = reader.inner(pattern) if pattern is not None and kind == "rest" else reader.expression_at(node, fields.pattern)
    absent = Constant(None, span_of(node)) if is_optional else None
    default = absent if value is None else reader.expression(value)
    return Parameter(target, kind, default, reader.annotation_at(node, fields.type), span_of(node))


def _decorated_parameters(reader: Reader, node: "Node") -> Iterator[Expression]:
    """The decorators of the parameters of a method, each as an opaque decorator of the method that holds it."""
    given = node.child_by_field_id(reader.fields.parameters)
    for child in () if given is None else reader.named(given):
        for decorator in child.children_by_field_id(reader.fields.decorator):
            yield Opaque("parameter decorator", (reader.inner(decorator),), NO_WAY, span_of(decorator))


def _declared(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    return (_function(reader, node),)


_PARAMETER_KINDS: Final = {"rest_pattern": "rest", "this": "receiver"}
FUNCTIONS: Final[Mapping[str, ExpressionReader]] = {
    "function_expression": _function,
    "generator_function": _function,
    "arrow_function": _arrow,
}
FUNCTION_STATEMENTS: Final[Mapping[str, StatementReader]] = {
    "function_declaration": _declared,
    "generator_function_declaration": _declared,
}
