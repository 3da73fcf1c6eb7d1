"""What all converters of this package share: the source of one file, and the tables that say which converter reads a node.

A converter takes the `Reader` and a node. It never calls another converter by name where a table can decide, so the modules of
this package need not import each other. Bodies become blocks, which are converted when they are first read.

Nodes are visited from Python, where each question to a node costs as much as ten lines of C: ask for a field by number, make
children only where all are wanted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from shipcheck.code.form import Block, Evaluate, Expression, Opaque, Span, Statement
from shipcheck.code.javascript.grammars import Fields, Kinds
from shipcheck.code.limits import DEEP

if TYPE_CHECKING:
    from tree_sitter import Node

ExpressionReader: TypeAlias = "Callable[[Reader, Node], Expression]"
StatementReader: TypeAlias = "Callable[[Reader, Node], tuple[Statement, ...]]"

# Levels of expressions in expressions within one body; hand-written code has less than half of them.
DEEPEST: Final = 50
# Links of one chain, `a.b().c()` or `a + b + c`, that are kept as a chain.
LONGEST: Final = 300

NO_WAY: Final[frozenset[str]] = frozenset()
EVERY_WAY: Final = frozenset({"return", "raise", "suspend"})


@dataclass(frozen=True, slots=True)
class Tables:
    """Which converter reads a node, by the number of its kind. `ignored` kinds are not code, such as comments."""

    expressions: Mapping[int, ExpressionReader]
    statements: Mapping[int, StatementReader]
    types: Mapping[int, ExpressionReader]
    ignored: frozenset[int]


class Reader:
    """The source of one file, and how its nodes are converted."""

    __slots__ = ("_depth", "_expressions", "_ignored", "_source", "_statements", "_types", "fields", "kinds", "owners")

    def __init__(self, source: bytes, fields: Fields, kinds: Kinds, tables: Tables) -> None:
        self.fields = fields
        self.kinds = kinds
        # The field of each link of a chain that holds what is before it.
        self.owners = {kinds.call_expression: fields.function}
        self.owners[kinds.member_expression] = self.owners[kinds.subscript_expression] = fields.object
        self._source = source
        self._expressions = tables.expressions
        self._statements = tables.statements
        self._types = tables.types
        self._ignored = tables.ignored
        self._depth = 0

    def text(self, node: "Node") -> str:
        """The text of a node; bytes that are not UTF-8 are replaced."""
        return str(self._source[node.start_byte : node.end_byte], "utf-8", "replace")

    def between(self, start: int, end: int) -> str:
        """The text between two bytes, counted from 0."""
        return str(self._source[start:end], "utf-8", "replace")

    def named(self, node: "Node") -> list["Node"]:
        """The named children of a node, without comments."""
        ignored = self._ignored
        return [child for child in node.named_children if child.kind_id not in ignored]

    def only(self, node: "Node") -> "Node | None":
        """The first named child that is not a comment."""
        return next(iter(self.named(node)), None)

    def expression(self, node: "Node") -> Expression:
        """The expression that a node is."""
        self._depth += 1
        if self._depth > DEEPEST:
            self._depth -= 1
            return Opaque(DEEP, (), EVERY_WAY, span_of(node))
        found = self._expressions.get(node.kind_id)
        form = self._unknown(node) if found is None else found(self, node)
        self._depth -= 1
        return form

    def expression_at(self, node: "Node", field: int) -> Expression:
        """The expression in a field of a node; a broken one where the field is missing."""
        child = node.child_by_field_id(field)
        return broken(span_of(node)) if child is None else self.expression(child)

    def inner(self, node: "Node") -> Expression:
        """The expression that is the first child of a node, such as one in parentheses."""
        child = self.only(node)
        return broken(span_of(node)) if child is None else self.expression(child)

    def type(self, node: "Node") -> Expression:
        """A type as an expression; opaque where it is not a name, generic type, union or literal."""
        self._depth += 1
        found = self._types.get(node.kind_id) if self._depth <= DEEPEST else None
        form = Opaque("type", (), NO_WAY, span_of(node)) if found is None else found(self, node)
        self._depth -= 1
        return form

    def annotation_at(self, node: "Node", field: int) -> Expression | None:
        """The annotated type in a field of a node."""
        child = node.child_by_field_id(field)
        return None if child is None else self.type(child)

    def statement(self, node: "Node") -> tuple[Statement, ...]:
        """The statements that a node is: several for a declaration of several variables, none for an empty one."""
        self._depth += 1
        kind = node.kind_id
        if self._depth > DEEPEST:
            form: tuple[Statement, ...] = (Opaque(DEEP, (), EVERY_WAY, span_of(node)),)
        elif (found := self._statements.get(kind)) is not None:
            form = found(self, node)
        elif kind in self._expressions:
            form = (Evaluate(self.expression(node), span_of(node)),)
        else:
            form = (self._unknown(node),)
        self._depth -= 1
        return form

    def statements(self, nodes: Iterable["Node"]) -> tuple[Statement, ...]:
        """The statements that these nodes are, in order."""
        ignored = self._ignored
        return tuple(one for node in nodes if node.kind_id not in ignored for one in self.statement(node))

    def body(self, node: "Node") -> tuple[Statement, ...]:
        """The statements of a body: of a block, or one alone."""
        if node.kind_id in (self.kinds.statement_block, self.kinds.program):
            return self.statements(node.named_children)
        return self.statement(node)

    def block(self, node: "Node") -> Block:
        """A body, to be converted when it is read."""
        return self.later(partial(self.body, node), span_of(node))

    def block_at(self, node: "Node", field: int) -> Block:
        """The body in a field of a node; empty where it is missing."""
        child = node.child_by_field_id(field)
        return Block(tuple, span_of(node)) if child is None else self.block(child)

    def later(self, convert: Callable[[], tuple[Statement, ...]], span: Span) -> Block:
        """A block that is converted by `convert` when it is read."""
        return Block(partial(self._afresh, convert), span)

    def opaque(self, what: str, node: "Node", leaves: frozenset[str]) -> Opaque:
        """A node that the form has no word for, with everything in it."""
        return Opaque(what, tuple(self._everything(node)), leaves, span_of(node))

    def _afresh(self, convert: Callable[[], tuple[Statement, ...]]) -> tuple[Statement, ...]:
        self._depth = 0
        return convert()

    def _unknown(self, node: "Node") -> Opaque:
        if node.is_error or node.is_missing:
            return self.opaque("broken", node, EVERY_WAY)
        return self.opaque(node.type, node, EVERY_WAY)

    def _everything(self, node: "Node") -> Iterator[Expression | Statement]:
        """What is in a node: statements, expressions, and opaque ones for what is neither; types are left out."""
        for child in self.named(node):
            kind = child.kind_id
            if kind in self._expressions:
                yield self.expression(child)
            elif kind not in self._types:
                yield from self.statement(child)


def broken(span: Span) -> Opaque:
    """What could not be parsed, and what a broken file lacks."""
    return Opaque("broken", (), EVERY_WAY, span)


def span_of(node: "Node") -> Span:
    """Where a node is."""
    start = node.start_point
    end = node.end_point
    return (start.row + 1, start.column, end.row + 1, end.column)


def span_behind_decorators(node: "Node") -> Span:
    """Where a definition is, from the first word behind its own decorators."""
    start = next((child for child in node.children if child.type != "decorator"), node).start_point
    end = node.end_point
    return (start.row + 1, start.column, end.row + 1, end.column)
