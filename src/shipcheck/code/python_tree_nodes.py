"""Nodes of tree-sitter: their places, children and texts, and what is broken in them.

This and the other `python_tree` modules load tree-sitter, so they are loaded only where a file needs them.
"""

import unicodedata
from collections.abc import Callable, Iterator

from tree_sitter import Node

from shipcheck.code.form import Expression, Sequence, Span

# What is between the parts of any node. A broken part is converted by itself, before the statement that it is in.
NO_PARTS = frozenset({"comment", "line_continuation", "ERROR"})


def span_of(node: Node) -> Span:
    """Give the place of a node."""
    start, end = node.start_point, node.end_point
    return (start[0] + 1, start[1], end[0] + 1, end[1])


def span_between(first: Node, last: Node) -> Span:
    """Give the place from a node to another one."""
    start, end = first.start_point, last.end_point
    return (start[0] + 1, start[1], end[0] + 1, end[1])


def parts(node: Node) -> list[Node]:
    """Give the named children that are parts of it."""
    return [child for child in node.named_children if child.type not in NO_PARTS]


def parts_and_signs(node: Node) -> list[Node]:
    """Give the children that are parts of it, and the words and signs between them."""
    return [child for child in node.children if child.type not in NO_PARTS]


def first_part(node: Node) -> Node | None:
    """Give the first named child that is a part of it."""
    for child in node.named_children:
        if child.type not in NO_PARTS:
            return child
    return None


def text(node: Node | None) -> str:
    """Give the text of a node; bytes that are not text are replaced."""
    return "" if node is None or node.text is None else node.text.decode(errors="replace")


def word(node: Node | None) -> str:
    """Give a name as Python understands it, which is the same for each way to write a letter."""
    name = text(node)
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def dotted(node: Node | None) -> str:
    """Give names with dots between them, without the spaces that may be there."""
    return "" if node is None else ".".join([word(part) for part in parts(node)])


def has_sign(node: Node, sign: str) -> bool:
    """Say whether a word or sign is directly in a node."""
    return any(child.type == sign for child in node.children)


def row(nodes: list[Node], convert: Callable[[Node], Expression]) -> Expression:
    """Convert parts with commas between them: one part without a comma is itself, others are a tuple up to the last comma."""
    items = [convert(node) for node in nodes if node.type != ","]
    if len(nodes) == 1 and items:
        return items[0]
    return Sequence("tuple", tuple(items), span_between(nodes[0], nodes[-1]))


def broken_spans(root: Node) -> tuple[Span, ...]:
    """Give the places of all that could not be parsed or is missing, in order."""
    found: list[Span] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(span_of(node))
        if node.has_error:
            waiting.extend(reversed(node.children))
    return tuple(found)


def broken_in(node: Node) -> Iterator[Node]:
    """Give the outermost broken parts of a statement, but for those in its bodies."""
    waiting = [node]
    while waiting:
        child = waiting.pop()
        if child.is_error:
            yield child
        elif child.has_error and (child is node or child.type != "block"):
            waiting.extend(reversed(child.children))


_COMPOUND = frozenset(
    {
        "block",
        "case_clause",
        "class_definition",
        "decorated_definition",
        "elif_clause",
        "else_clause",
        "except_clause",
        "finally_clause",
        "for_statement",
        "function_definition",
        "if_statement",
        "match_statement",
        "try_statement",
        "while_statement",
        "with_statement",
    }
)


def last_of(node: Node) -> Node:
    """Find what ends a statement: its last simple statement, since the grammar counts comments behind it as parts of a body.

    For Python a semicolon that ends a body is a part of the statement that the body belongs to.
    """
    while node.type in _COMPOUND:
        last = next((child for child in reversed(node.children) if child.type not in NO_PARTS), None)
        if last is None:
            break
        node = last
    return node


def statement_span(node: Node) -> Span:
    """Give the place of a statement, without the comments at its end."""
    return span_between(node, last_of(node))
