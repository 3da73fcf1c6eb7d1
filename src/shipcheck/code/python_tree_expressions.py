"""Expressions of Python in the form, from nodes of tree-sitter."""

from functools import partial

from tree_sitter import Node

from shipcheck.code.form import (
    Argument,
    Block,
    Comprehension,
    Constant,
    Entry,
    Expression,
    Function,
    Item,
    Leave,
    Member,
    Name,
    Opaque,
    Operation,
    Record,
    Repeat,
    Sequence,
    Spread,
    Statement,
)
from shipcheck.code.python_parts import NO_LEAVES, call, entry
from shipcheck.code.python_tree_core import (
    CONVERTERS,
    STARS,
    bare,
    broken,
    end_of,
    expression,
    field,
    inner_of,
    on_left,
    unwrapped,
)
from shipcheck.code.python_tree_nodes import (
    NO_PARTS,
    has_sign,
    parts,
    parts_and_signs,
    row,
    span_between,
    span_of,
    word,
)
from shipcheck.code.python_tree_operators import OPERATORS
from shipcheck.code.python_tree_parameters import parameters
from shipcheck.code.python_tree_texts import number, string, strings

_BY_NAME = frozenset({"keyword_argument", "dictionary_splat"})
_CLAUSES = frozenset({"for_in_clause", "if_clause"})


def arguments(node: Node | None) -> tuple[Argument, ...]:
    """Convert the arguments of a call or the bases of a class, in the order in which they are evaluated."""
    if node is None:
        return ()
    if node.type == "generator_expression":
        return (argument(node),)
    given = parts(node)
    by_position = [part for part in given if part.type not in _BY_NAME]
    return tuple([argument(part) for part in (*by_position, *[part for part in given if part.type in _BY_NAME])])


def argument(node: Node) -> Argument:
    """Convert one argument."""
    span = span_of(node)
    if node.type == "keyword_argument":
        return Argument(field(node, "value"), word(node.child_by_field_name("name")), spread=False, span=span)
    value = CONVERTERS[node.type](node)
    if isinstance(value, Spread):
        return Argument(value.value, "", spread=True, span=span)
    return Argument(value, "", spread=False, span=value.span)


def _name(node: Node) -> Expression:
    return Name(word(node), span_of(node)) if node.end_byte > node.start_byte else broken(node)


def _word_of_value(value: bool | None, node: Node) -> Expression:  # noqa: FBT001 - it is the value of a literal
    return Constant(value, span_of(node))


def _ellipsis(node: Node) -> Expression:
    return Opaque("ellipsis", (), NO_LEAVES, span_of(node))


def _attribute(node: Node) -> Expression:
    owner = node.child_by_field_name("object") or node
    value = field(node, "object")
    name = word(node.child_by_field_name("attribute"))
    return on_left(node, owner, value, lambda left, span: Member(left, name, span))


def _member_type(node: Node) -> Expression:
    given = parts(node)
    return Member(expression(given[0]), word(given[-1]), span_of(node))


def _subscript(node: Node) -> Expression:
    owner = node.child_by_field_name("value") or node
    value, key = field(node, "value"), key_of(node)
    return on_left(node, owner, value, lambda left, span: Item(left, key, span))


def _generic_type(node: Node) -> Expression:
    given = parts(node)
    return Item(Name(word(given[0]), span_of(given[0])), key_of(given[-1]), span_of(node))


def key_of(node: Node) -> Expression:
    """Convert what is in the brackets at the end of a node; what is unpacked there makes a tuple."""
    given = parts_and_signs(node)
    start = next((index for index, part in enumerate(given) if part.type == "["), -1)
    inside = given[start + 1 : -1]
    key = row(inside, expression) if inside else broken(node)
    return Sequence("tuple", (key,), key.span) if isinstance(key, Spread) else key


def _slice(node: Node) -> Expression:
    span = span_of(node)
    bounds: list[Expression] = [Constant(None, span)] * 3
    position = 0
    for part in parts_and_signs(node):
        if part.type == ":":
            position += 1
        else:
            bounds[position] = expression(part)
    return Operation("slice", tuple(bounds), span)


def _call(node: Node) -> Expression:
    function = node.child_by_field_name("function") or node
    callee, given = field(node, "function"), arguments(node.child_by_field_name("arguments"))
    return on_left(node, function, callee, lambda left, span: call(left, given, span))


def _sequence(kind: str, node: Node) -> Expression:
    return Sequence(kind, tuple([CONVERTERS[part.type](part) for part in parts(node)]), span_of(node))


def _tuple(node: Node) -> Expression:
    """Convert a tuple; as a target, one name in parentheses is itself."""
    given = parts(node)
    if len(given) == 1 and not has_sign(node, ","):
        return expression(given[0])
    return _sequence("tuple", node)


def _row(node: Node) -> Expression:
    return row(parts_and_signs(node), expression)


def _star(node: Node) -> Expression:
    return Spread(inner_of(node), span_of(node))


def _record(node: Node) -> Expression:
    return Record(tuple([_entry(part) for part in parts(node)]), span_of(node))


def _entry(node: Node) -> Entry:
    if node.type == "pair":
        return entry(field(node, "key"), field(node, "value"))
    value = inner_of(node) if node.type in STARS else expression(node)
    return Entry(None, value, value.span)


def _lambda(node: Node) -> Expression:
    given = parameters(node.child_by_field_name("parameters"), expression, receives=False)
    inner = unwrapped(bare(node.child_by_field_name("body") or node))
    block = Block(partial(_lambda_body, node), span_between(inner, end_of(inner)))
    span = span_between(node, end_of(node))
    return Function("", given, block, (), None, is_async=False, is_lambda=True, span=span)


def _lambda_body(node: Node) -> tuple[Statement, ...]:
    body = node.child_by_field_name("body")
    value = broken(node) if body is None else expression(bare(body))
    return (Leave("return", value, None, value.span),)


def _comprehension(kind: str, node: Node) -> Expression:
    body = node.child_by_field_name("body")
    element = _entry(body) if body is not None and body.type == "pair" else field(node, "body")
    return Comprehension(kind, element, _repeats(node), span_of(node))


def _repeats(node: Node) -> tuple[Repeat, ...]:
    """Convert the clauses of a comprehension; a condition belongs to the `for` before it."""
    clauses = [part for part in parts(node) if part.type in _CLAUSES]
    found: list[Repeat] = []
    conditions: list[Expression] = []
    for clause in reversed(clauses):
        if clause.type == "if_clause":
            conditions.append(inner_of(clause))
            continue
        source = row([part for part in clause.children_by_field_name("right") if part.type not in NO_PARTS], expression)
        suspends = has_sign(clause, "async")
        found.append(Repeat(field(clause, "left"), source, tuple(reversed(conditions)), suspends))
        conditions = []
    return tuple(reversed(found))


def _dotted_name(node: Node) -> Expression:
    """Convert names with dots between them, as in a pattern."""
    first, *others = parts(node)
    owner: Expression = Name(word(first), span_of(first))
    for name in others:
        owner = Member(owner, word(name), span_between(node, name))
    return owner


CONVERTERS.update(OPERATORS)
CONVERTERS.update(
    {
        "identifier": _name,
        "dotted_name": _dotted_name,
        "integer": number,
        "float": number,
        "true": partial(_word_of_value, True),  # noqa: FBT003 - as above
        "false": partial(_word_of_value, False),  # noqa: FBT003 - as above
        "none": partial(_word_of_value, None),
        "ellipsis": _ellipsis,
        "string": partial(string, convert=expression),
        "concatenated_string": partial(strings, convert=expression),
        "attribute": _attribute,
        "member_type": _member_type,
        "subscript": _subscript,
        "generic_type": _generic_type,
        "slice": _slice,
        "constrained_type": _slice,
        "call": _call,
        "list": partial(_sequence, "list"),
        "list_pattern": partial(_sequence, "list"),
        "set": partial(_sequence, "set"),
        "tuple": partial(_sequence, "tuple"),
        "tuple_pattern": _tuple,
        "expression_list": _row,
        "pattern_list": _row,
        "list_splat": _star,
        "list_splat_pattern": _star,
        "splat_type": _star,
        "dictionary_splat": _star,
        "dictionary": _record,
        "lambda": _lambda,
        "list_comprehension": partial(_comprehension, "list"),
        "set_comprehension": partial(_comprehension, "set"),
        "dictionary_comprehension": partial(_comprehension, "dict"),
        "generator_expression": partial(_comprehension, "generator"),
        "as_pattern_target": inner_of,
        "parenthesized_expression": inner_of,
        "type": inner_of,
    }
)
