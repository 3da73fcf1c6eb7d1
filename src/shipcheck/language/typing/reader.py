"""Expressions and selectors of one pack, typed, with everything wrong about them collected."""

import re
from collections.abc import Callable
from typing import TypeVar

from shipcheck.language.analysis.possible import is_possible
from shipcheck.language.syntax.grammar import parse_condition, parse_selector
from shipcheck.language.syntax.pieces import piece
from shipcheck.language.syntax.source_text import Written
from shipcheck.language.syntax.syntax_tree import SelectorTree, Tree
from shipcheck.language.syntax.tokens import ExpressionError, ReportedError
from shipcheck.language.typing.scope import Scope, Terms
from shipcheck.language.typing.typer import Typer
from shipcheck.model.expression import Expression, Selector
from shipcheck.model.problem import Problem

T = TypeVar("T")
_WHERE = re.compile(r"\swhere\s")


class Reader:
    """Reads what stands in the scalars of one pack; everything wrong goes to `problems`."""

    def __init__(self, terms: Terms, problems: list[Problem]) -> None:
        self.terms = terms
        self.problems = problems

    def attempt(self, parse: Callable[[], T]) -> T | None:
        """What `parse` gives, or None after complaining."""
        try:
            return parse()
        except ReportedError:
            return None
        except ExpressionError as error:
            self.problems.append(error.problem)
            return None

    def condition(self, written: Written, scope: Scope) -> Expression | None:
        """A typed condition, or None after complaining."""
        return self.attempt(lambda: Typer(written, self.terms).condition(parse_condition(written), scope))

    def selector(
        self, written: Written, scope: Scope, parse: Callable[[Written], SelectorTree] = parse_selector
    ) -> Selector | None:
        """A typed selector that something can match, or None after complaining."""
        tree = self.attempt(lambda: parse(written))
        if tree is None:
            return None
        selector = self.attempt(lambda: Typer(written, self.terms).selector(tree, scope))
        if selector is None or tree.where is None:
            return selector
        names = {name: held.kinds for name, held in scope.names.items()}
        if is_possible(selector, names, self.terms.vocabulary, self.terms.effort):
            return selector
        self.complain_impossible(written, tree.where)
        return None

    def complain_impossible(self, written: Written, where: Tree) -> None:
        """Say that a condition contradicts itself."""
        message = "nothing can match this: its parts contradict each other, or what a field can hold"
        self.problems.append(written.problem("P022", message, where.start, where.end))

    def kinds(self, written: Written) -> tuple[str, ...]:
        """The kinds that a selector is about whatever is wrong with its condition, without a complaint; empty if not known."""
        start = len("removed ") if written.text.startswith("removed ") else 0
        found = _WHERE.search(written.text)
        head = piece(written, start, found.start() if found else len(written.text))
        try:
            return Typer(head, self.terms).selector(parse_selector(head), Scope({})).kinds
        except ExpressionError:
            return ()

    def mentions(self, written: Written) -> tuple[tuple[str, ...], int] | None:
        """The names of selectors that a selector uses, once for each use, and how deep it nests; None after complaining."""
        tree = self.attempt(lambda: parse_selector(written))
        if tree is None:
            return None
        names = tuple(name.word for name in tree.names)
        return names + (_matched(tree.where) if tree.where else ()), _depth(tree.where) if tree.where else 1


def _matched(tree: Tree) -> tuple[str, ...]:
    """The selectors that a condition names after `is`."""
    own = (tree.word,) if tree.kind == "matches" else ()
    return own + tuple(name for part in tree.parts for name in _matched(part))


def _depth(tree: Tree) -> int:
    return 1 + max((_depth(part) for part in tree.parts), default=0)
