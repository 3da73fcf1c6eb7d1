"""Statements of Python in the form, from nodes of tree-sitter. Bodies are converted when they are first read."""

from collections.abc import Callable
from functools import partial

from tree_sitter import Node

from shipcheck.code.form import (
    Block,
    Branch,
    Case,
    Class,
    Context,
    Evaluate,
    Expression,
    Function,
    Guard,
    Handler,
    Loop,
    Match,
    Name,
    Opaque,
    Statement,
    Within,
)
from shipcheck.code.python_parts import ALL_LEAVES, EMPTY_SPAN, Scope, from_to, has_receiver
from shipcheck.code.python_tree_core import (
    STARS,
    alias_at_end,
    bare,
    broken,
    expression,
    field,
    inner_of,
    is_expression,
    optional,
)
from shipcheck.code.python_tree_expressions import arguments
from shipcheck.code.python_tree_nodes import (
    broken_in,
    first_part,
    has_sign,
    last_of,
    parts,
    parts_and_signs,
    row,
    span_between,
    span_of,
    statement_span,
    word,
)
from shipcheck.code.python_tree_parameters import parameters
from shipcheck.code.python_tree_patterns import case_pattern
from shipcheck.code.python_tree_simple import SIMPLE

_COMMENTS = frozenset({"comment", "line_continuation"})


def block(node: Node | None, scope: Scope) -> Block:
    """Make the block of a body, whose statements are converted when they are read."""
    nodes = [] if node is None else [child for child in node.named_children if child.type not in _COMMENTS]
    if not nodes:
        return Block(tuple, EMPTY_SPAN)
    first = nodes[0].child_by_field_name("definition") or nodes[0]
    return Block(partial(_statements, nodes, scope), span_between(first, last_of(nodes[-1])))


def _statements(nodes: list[Node], scope: Scope) -> tuple[Statement, ...]:
    """Convert statements. What is broken inside one comes before it."""
    found: list[Statement] = []
    for node in nodes:
        if node.has_error:
            for part in broken_in(node):
                found.extend(_what_is_left(part, scope))
        found.extend(_converted(node, scope))
    return tuple(found)


def _converted(node: Node, scope: Scope) -> tuple[Statement, ...]:
    """Convert one node of a body; a broken one has been converted before."""
    if node.type in SIMPLE:
        return SIMPLE[node.type](node)
    if node.type in _COMPOUND:
        return (_COMPOUND[node.type](node, scope),)
    if is_expression(node):
        return (Evaluate(expression(node), span_of(node)),)
    return () if node.is_error else tuple(_what_is_left(node, scope))


def _what_is_left(node: Node, scope: Scope) -> list[Statement]:
    """Give a broken part as an opaque statement of what can be read of it, and then the whole statements in it."""
    pieces: list[Expression | Statement] = []
    statements: list[Statement] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.type in SIMPLE or part.type in _COMPOUND:
            statements.extend(_statements([part], scope))
        elif is_expression(part):
            pieces.append(expression(part))
        elif part.type not in _COMMENTS:
            waiting.extend(reversed(part.named_children))
    return [Opaque("broken", tuple(pieces), ALL_LEAVES, span_of(node)), *statements]


def _decorated(node: Node, scope: Scope) -> Statement:
    marks = tuple([inner_of(part) for part in parts(node) if part.type == "decorator"])
    definition = node.child_by_field_name("definition")
    if definition is None:
        return Opaque("broken", (), ALL_LEAVES, span_of(node))
    return _class(definition, scope, marks) if definition.type == "class_definition" else _function(definition, scope, marks)


def _function(node: Node, scope: Scope, marks: tuple[Expression, ...] = ()) -> Statement:
    return Function(
        word(node.child_by_field_name("name")),
        parameters(node.child_by_field_name("parameters"), expression, receives=has_receiver(scope, marks)),
        block(node.child_by_field_name("body"), Scope.OTHER),
        marks,
        optional(node.child_by_field_name("return_type")),
        is_async=has_sign(node, "async"),
        is_lambda=False,
        span=statement_span(node),
    )


def _class(node: Node, _: Scope, marks: tuple[Expression, ...] = ()) -> Statement:
    bases = arguments(node.child_by_field_name("superclasses"))
    body = block(node.child_by_field_name("body"), Scope.CLASS)
    return Class(word(node.child_by_field_name("name")), bases, marks, body, statement_span(node))


def _branch(node: Node, scope: Scope) -> Statement:
    return _branch_of([node, *node.children_by_field_name("alternative")], scope)


def _branch_of(clauses: list[Node], scope: Scope) -> Statement:
    """Convert an `if` or `elif` with the clauses that follow it."""
    first, *others = clauses
    then = block(first.child_by_field_name("consequence"), scope)
    otherwise = _otherwise(others, scope)
    span = span_between(first, last_of(clauses[-1]))
    return Branch(field(first, "condition"), then, otherwise, span)


def _otherwise(clauses: list[Node], scope: Scope) -> Block | None:
    """Make the block of an `else`, or of an `elif` with all that follows it."""
    if not clauses:
        return None
    if clauses[0].type == "else_clause":
        return block(clauses[0].child_by_field_name("body"), scope)
    return Block(lambda: (_branch_of(clauses, scope),), span_between(clauses[0], last_of(clauses[-1])))


def _for(node: Node, scope: Scope) -> Statement:
    body = block(node.child_by_field_name("body"), scope)
    otherwise = _otherwise(node.children_by_field_name("alternative"), scope)
    target, source, suspends = field(node, "left"), field(node, "right"), has_sign(node, "async")
    return Loop(target, source, body, otherwise, first=False, suspends=suspends, span=statement_span(node))


def _while(node: Node, scope: Scope) -> Statement:
    body = block(node.child_by_field_name("body"), scope)
    otherwise = _otherwise(node.children_by_field_name("alternative"), scope)
    return Loop(None, field(node, "condition"), body, otherwise, first=False, suspends=False, span=statement_span(node))


def _guard(node: Node, scope: Scope) -> Statement:
    given = parts(node)
    handlers = tuple([_handler(part, scope) for part in given if part.type == "except_clause"])
    otherwise = _otherwise([part for part in given if part.type == "else_clause"], scope)
    endings = [block(first_part(part), scope) for part in given if part.type == "finally_clause"]
    body = block(node.child_by_field_name("body"), scope)
    return Guard(body, handlers, otherwise, endings[0] if endings else None, statement_span(node))


def _handler(node: Node, scope: Scope) -> Handler:
    """Convert a handler, whose name is put where its types are, as `ast` does not say where it is."""
    given = _before_colon(node)
    body = block(next((part for part in parts(node) if part.type == "block"), None), scope)
    if not given:
        return Handler(None, None, body, statement_span(node))
    alias = alias_at_end(given[0])
    types = expression(bare(given[0])) if len(given) == 1 else row(given, expression)
    name = Name(word(parts(alias)[-1]), types.span) if alias is not None else None
    return Handler(types, name, body, statement_span(node))


def _before_colon(node: Node) -> list[Node]:
    """Give the parts and commas between the first word of a clause and its colon."""
    found: list[Node] = []
    for part in parts_and_signs(node):
        if part.type in {":", "if_clause", "block"}:
            break
        if part.is_named or part.type in {",", "_"}:
            found.append(part)
    return found


def _within(node: Node, scope: Scope) -> Statement:
    items = [item for clause in parts(node) if clause.type == "with_clause" for item in parts(clause)]
    contexts = tuple([_context(item) for item in _items_of_tuple(items)])
    body = block(node.child_by_field_name("body"), scope)
    return Within(contexts, body, suspends=has_sign(node, "async"), span=statement_span(node))


def _items_of_tuple(items: list[Node]) -> list[Node]:
    """Give the contexts of `with (a,):`, which the grammar takes for one context, a tuple."""
    values = parts(items[0]) if len(items) == 1 else []
    inside = parts(values[0]) if values and values[0].type == "tuple" else []
    return inside if inside and not any(part.type in STARS for part in inside) else items


def _context(node: Node) -> Context:
    value = (first_part(node) if node.type == "with_item" else node) or node
    inner = first_part(value) if value.type == "parenthesized_expression" else None
    value = inner if inner is not None and alias_at_end(inner) is not None else value
    alias = alias_at_end(value)
    return Context(expression(bare(value)), None if alias is None else expression(parts(alias)[-1]))


def _match(node: Node, scope: Scope) -> Statement:
    body = node.child_by_field_name("body")
    cases = [] if body is None else [_case(part, scope) for part in parts(body) if part.type == "case_clause"]
    return Match(row(_before_colon(node), expression), tuple(cases), statement_span(node))


def _case(node: Node, scope: Scope) -> Case:
    """Convert a case, which reaches from its pattern to the end of its body; `_` alone is the default."""
    given = _before_colon(node)
    pattern = case_pattern(given) if given else broken(node)
    guard = node.child_by_field_name("guard")
    body = block(node.child_by_field_name("consequence"), scope)
    is_default = isinstance(pattern, Name) and pattern.name == "_"
    span = from_to(pattern.span, statement_span(node))
    return Case(None if is_default else pattern, None if guard is None else inner_of(guard), body, falls=False, span=span)


_COMPOUND: dict[str, Callable[[Node, Scope], Statement]] = {
    "function_definition": _function,
    "class_definition": _class,
    "decorated_definition": _decorated,
    "if_statement": _branch,
    "for_statement": _for,
    "while_statement": _while,
    "try_statement": _guard,
    "with_statement": _within,
    "match_statement": _match,
}
