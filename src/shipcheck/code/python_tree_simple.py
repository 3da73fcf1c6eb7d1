"""Statements of Python without a body, in the form, from nodes of tree-sitter."""

from collections.abc import Callable
from functools import partial

from tree_sitter import Node

from shipcheck.code.form import (
    Assign,
    Call,
    Evaluate,
    Expression,
    Import,
    Imported,
    Item,
    Leave,
    Member,
    Name,
    Opaque,
    Operation,
    Outer,
    Sequence,
    Statement,
)
from shipcheck.code.python_parts import NO_LEAVES, RAISES, from_to
from shipcheck.code.python_tree_core import broken, expression, field, inner_of, optional
from shipcheck.code.python_tree_expressions import argument, arguments, key_of
from shipcheck.code.python_tree_nodes import dotted, first_part, parts, parts_and_signs, row, span_between, span_of, text, word

_NAMES = frozenset({"identifier", "dotted_name"})
_FUTURE = "__future__"


def _evaluate(node: Node) -> tuple[Statement, ...]:
    """Convert an expression, or an assignment that is one for the grammar."""
    given = parts_and_signs(node)
    if not given:
        return ()
    if given[0].type == "assignment":
        return (_assign(given[0]),)
    if given[0].type == "augmented_assignment":
        return (_change(given[0]),)
    return (Evaluate(row(given, expression), span_of(node)),)


def _assign(node: Node) -> Statement:
    """Convert an assignment, whose value is another one where there are several targets."""
    span = span_of(node)
    targets = [field(node, "left")]
    annotation = optional(node.child_by_field_name("type"))
    value = node.child_by_field_name("right")
    while value is not None and value.type == "assignment":
        targets.append(field(value, "left"))
        value = value.child_by_field_name("right")
    return Assign(tuple(targets), "", optional(value), annotation, span)


def _change(node: Node) -> Statement:
    operator = text(node.child_by_field_name("operator")).removesuffix("=")
    return Assign((field(node, "left"),), operator, field(node, "right"), None, span_of(node))


def _alias(node: Node) -> tuple[Statement, ...]:
    """Convert the definition of a type, whose parameters are left out."""
    name = node.child_by_field_name("left")
    inner = None if name is None else first_part(name)
    if inner is not None and inner.type == "generic_type":
        inner = first_part(inner)
    if inner is None:
        target: Expression = broken(node)
    elif inner.type in _NAMES:
        target = expression(inner)
    else:
        target = _owned_by_type(inner, node.children[0])
    return (Assign((target,), "", field(node, "right"), None, span_of(node)),)


def _owned_by_type(node: Node, start: Node) -> Expression:
    """Convert a target such as `type(x).y`, which the grammar takes for the definition of a type `(x).y`."""
    owner = node.child_by_field_name("object") or node.child_by_field_name("value") or node.child_by_field_name("function")
    span = span_between(start, node)
    if owner is not None:
        made = _owned_by_type(owner, start)
        if node.type == "attribute":
            return Member(made, word(node.child_by_field_name("attribute")), span)
        if node.type == "subscript":
            return Item(made, key_of(node), span)
        return Call(made, arguments(node.child_by_field_name("arguments")), makes=False, span=span)
    name = Name(text(start), span_of(start))
    if node.type == "list":
        return Item(name, row(parts_and_signs(node)[1:-1], expression), span)
    given = (node,) if node.type == "generator_expression" else tuple(parts(node))
    return Call(name, tuple([argument(part) for part in given]), makes=False, span=span)


def _leave(how: str, node: Node) -> tuple[Statement, ...]:
    return (Leave(how, optional(first_part(node)), None, span_of(node)),)


def _raise(node: Node) -> tuple[Statement, ...]:
    cause = node.child_by_field_name("cause")
    value = first_part(node)
    if value is not None and cause is not None and value.id == cause.id:
        value = None
    return (Leave("raise", optional(value), optional(cause), span_of(node)),)


def _pass(_: Node) -> tuple[Statement, ...]:
    return ()


def _assert(node: Node) -> tuple[Statement, ...]:
    return (Opaque("assert", tuple([expression(part) for part in parts(node)]), RAISES, span_of(node)),)


def _delete(node: Node) -> tuple[Statement, ...]:
    given = first_part(node)
    targets = [] if given is None else parts(given) if given.type == "expression_list" else [given]
    return (Opaque("delete", tuple([expression(target) for target in targets]), NO_LEAVES, span_of(node)),)


def _outer(node: Node) -> tuple[Statement, ...]:
    return (Outer(tuple([word(name) for name in parts(node)]), span_of(node)),)


def _import(node: Node) -> tuple[Statement, ...]:
    span = span_of(node)
    found: list[Statement] = []
    for name in node.children_by_field_name("name"):
        imported = _imported(name)
        top = imported.name if name.type == "aliased_import" else imported.name.partition(".")[0]
        local = imported.local if name.type == "aliased_import" else top
        found.append(Import(top, 0, (Imported("", local, imported.span),), imported.name, span))
    return tuple(found)


def _imported(node: Node) -> Imported:
    if node.type == "aliased_import":
        name = dotted(node.child_by_field_name("name"))
        return Imported(name, word(node.child_by_field_name("alias")), span_of(node))
    name = dotted(node)
    return Imported(name, name, span_of(node))


def _import_from(node: Node) -> tuple[Statement, ...]:
    source = node.child_by_field_name("module_name")
    module, level = _FUTURE if source is None else dotted(source), 0
    if source is not None and source.type == "relative_import":
        dots, *name = parts(source)
        module, level = dotted(name[0]) if name else "", text(dots).count(".")
    names = [_imported(name) for name in node.children_by_field_name("name")]
    names += [Imported("*", "", span_of(part)) for part in parts(node) if part.type == "wildcard_import"]
    return (Import(module, level, tuple(names), module, span_of(node)),)


def _old_call(node: Node) -> tuple[Statement, ...]:
    """Convert `print` or `exec` of Python 2 to the call that it became."""
    name, *given = parts_and_signs(node)
    callee, span = Name(text(name), span_of(name)), span_of(node)
    if not given or given[0].type != "chevron":
        values = tuple([argument(part) for part in given if part.is_named])
        return (Evaluate(Call(callee, values, makes=False, span=span), span),)
    items = [_old_file(callee, part) for part in given if part.is_named]
    return (Evaluate(items[0] if len(given) == 1 else Sequence("tuple", tuple(items), span), span),)


def _old_file(callee: Name, node: Node) -> Expression:
    """Convert a part of `print >> file, value`, which in Python 3 is a tuple."""
    if node.type != "chevron":
        return expression(node)
    return Operation(">>", (callee, inner_of(node)), from_to(callee.span, span_of(node)))


SIMPLE: dict[str, Callable[[Node], tuple[Statement, ...]]] = {
    "expression_statement": _evaluate,
    "type_alias_statement": _alias,
    "return_statement": partial(_leave, "return"),
    "break_statement": partial(_leave, "break"),
    "continue_statement": partial(_leave, "continue"),
    "raise_statement": _raise,
    "pass_statement": _pass,
    "assert_statement": _assert,
    "delete_statement": _delete,
    "global_statement": _outer,
    "nonlocal_statement": _outer,
    "import_statement": _import,
    "import_from_statement": _import_from,
    "future_import_statement": _import_from,
    "print_statement": _old_call,
    "exec_statement": _old_call,
}
