"""Parameters of Python in the form, from nodes of tree-sitter."""

from collections.abc import Callable

from tree_sitter import Node

from shipcheck.code.form import Expression, Parameter
from shipcheck.code.python_parts import parameter
from shipcheck.code.python_tree_nodes import first_part, parts, span_between, word

_Convert = Callable[[Node], Expression]
_SPLATS = {"list_splat_pattern": "rest", "dictionary_splat_pattern": "options"}


def parameters(node: Node | None, convert: _Convert, *, receives: bool) -> tuple[Parameter, ...]:
    """Convert parameters; of a method that `receives`, the first one by position is its receiver."""
    found: list[Parameter] = []
    given = [] if node is None else parts(node)
    slash = next((index for index, part in enumerate(given) if part.type == "positional_separator"), 0)
    by_name = False
    for index, part in enumerate(given):
        if part.type in {"keyword_separator", "positional_separator"}:
            by_name = by_name or part.type == "keyword_separator"
            continue
        plain = "position" if index < slash else "plain"
        kind = "keyword" if by_name else "receiver" if receives and not index else plain
        made = _parameter(part, kind, convert)
        by_name = by_name or made.kind == "rest"
        found.append(made)
    return tuple(found)


def _parameter(node: Node, kind: str, convert: _Convert) -> Parameter:
    """Convert one parameter, whose name may have a type, a value, both or a star."""
    annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
    named = node.child_by_field_name("name") if value is not None else node
    if node.type == "typed_parameter":
        named = first_part(node)
    if named is not None and named.type in _SPLATS:
        kind = _SPLATS[named.type]
        named = first_part(named)
    named = named or node
    span = span_between(named, annotation or named)
    default = None if value is None else convert(value)
    kind_of_value = None if annotation is None else convert(annotation)
    if named.type == "identifier":
        return parameter(word(named), span, kind, default, kind_of_value)
    return Parameter(convert(named), kind, default, kind_of_value, span)
