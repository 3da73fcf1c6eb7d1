"""Expressions, selectors and messages of one pack, typed, with everything wrong about them collected."""

import re
from collections.abc import Callable
from typing import TypeVar

from shipcheck.language.analysis.possible import is_possible
from shipcheck.language.syntax.grammar import SelectorTree, Tree, parse_condition, parse_selector
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError, ReportedError
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.language.typing.typer import Typer
from shipcheck.model.expression import Expression, Selector
from shipcheck.model.problem import Problem

T = TypeVar("T")
_WHERE = re.compile(r"\swhere\s")


class Reader:
    """Reads the expressions of one pack; problems go to `problems`."""

    def __init__(self, symbols: Symbols, problems: list[Problem]) -> None:
        self.symbols = symbols
        self.problems = problems

    def attempt(self, parse: Callable[[], T]) -> T | None:
        """The result of `parse`, or None after its problem is reported."""
        try:
            return parse()
        except ReportedError:
            return None
        except ExpressionError as error:
            self.problems.append(error.problem)
            return None

    def condition(self, source: SourceText, scope: Scope) -> Expression | None:
        """A typed condition, or None after its problem is reported."""
        return self.attempt(lambda: Typer(source, self.symbols).condition(parse_condition(source), scope))

    def selector(
        self, source: SourceText, scope: Scope, parse: Callable[[SourceText], SelectorTree] = parse_selector
    ) -> Selector | None:
        """A typed selector that something can match; None after its problem is reported.

        `parse` reads the text: that of a selector, or of `removed ...`.
        """
        tree = self.attempt(lambda: parse(source))
        if tree is None:
            return None
        selector = self.attempt(lambda: Typer(source, self.symbols).selector(tree, scope))
        if selector is None or tree.where is None:
            return selector
        names = {name: type_.kinds for name, type_ in scope.names.items()}
        if is_possible(selector, names, self.symbols.vocabulary, self.symbols.effort):
            return selector
        self.report_impossible(source, tree.where)
        return None

    def report_impossible(self, source: SourceText, where: Tree) -> None:
        """Report a condition that contradicts itself."""
        message = "nothing can match; the parts contradict each other or the values of a field"
        self.problems.append(source.problem("P022", message, where.start, where.end))

    def kinds(self, source: SourceText) -> tuple[str, ...]:
        """The kinds of a selector, even if its condition is wrong; empty if unknown. Nothing is reported."""
        start = len("removed ") if source.text.startswith("removed ") else 0
        where = _WHERE.search(source.text)
        head = source.part(start, where.start() if where else len(source.text))
        try:
            return Typer(head, self.symbols).selector(parse_selector(head), Scope({})).kinds
        except ExpressionError:
            return ()

    def mentions(self, source: SourceText) -> tuple[tuple[str, ...], int] | None:
        """The names of selectors that a selector uses, and how deep it nests; None after its problem is reported.

        A name occurs once for each use.
        """
        tree = self.attempt(lambda: parse_selector(source))
        if tree is None:
            return None
        names = tuple(name.word for name in tree.names)
        return names + (_matched(tree.where) if tree.where else ()), _depth(tree.where) if tree.where else 1


def _matched(tree: Tree) -> tuple[str, ...]:
    """The selectors that a condition names after `is`."""
    own = (tree.word,) if tree.kind == "matches" else ()
    return own + tuple(name for part in tree.parts for name in _matched(part))


def _depth(tree: Tree) -> int:
    return 1 + max((_depth(part) for part in tree.parts), default=len(tree.names[:1]))


def parse_message(source: SourceText, scope: Scope, symbols: Symbols) -> tuple[str | Expression, ...]:
    """The literal texts of a message and the typed expressions in its braces, in order; `scope` has the names that they can use.

    Raises:
        ExpressionError: a brace is not closed, or an expression in braces is wrong.
    """
    parts: list[str | Expression] = []
    text, offset = source.text, 0
    while (opening := text.find("{", offset)) >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            raise ExpressionError(source.problem("P027", "unclosed '{'; write {expression}", opening, opening + 1))
        parts.append(text[offset:opening])
        inner = text[opening + 1 : closing]
        if not inner.strip():
            raise ExpressionError(source.problem("P027", "empty braces; write {expression}", opening, closing + 1))
        parts.append(_braced(source, inner, opening, scope, symbols))
        offset = closing + 1
    parts.append(text[offset:])
    return tuple(part for part in parts if part != "")


def _typed(source: SourceText, scope: Scope, symbols: Symbols) -> Expression:
    return Typer(source, symbols).expression(parse_condition(source), scope)


def _braced(source: SourceText, inner: str, opening: int, scope: Scope, symbols: Symbols) -> Expression:
    try:
        # The place of each character is only needed if something is wrong, and takes most of the time.
        return _typed(SourceText(source.document, source.scalar._replace(text=inner)), scope, symbols)
    except ExpressionError:
        pass
    try:
        return _typed(source.part(opening + 1, opening + 1 + len(inner)), scope, symbols)
    except ReportedError:
        raise
    except ExpressionError as error:
        message = f"in {{{inner}}}: {error.problem.message}"
        raise ExpressionError(source.problem("P027", message, opening, opening + len(inner) + 2)) from error
