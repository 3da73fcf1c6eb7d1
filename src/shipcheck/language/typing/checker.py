"""The base of every part of the type checker."""

from shipcheck.english import article
from shipcheck.language.syntax.grammar import Name, Tree
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.model.expression import Expression, ListLiteral
from shipcheck.model.types import YES_NO, Type, list_of

ORDERED = frozenset({"number", "percent", "date", "duration"})


class TyperBase:
    """Types the expressions of one scalar of a policy; see Typer."""

    def __init__(self, source: SourceText, symbols: Symbols) -> None:
        self._source = source
        self._symbols = symbols

    def condition(self, tree: Tree, scope: Scope) -> Expression:
        """A boolean expression.

        Raises:
            ExpressionError: a name or a type is wrong.
        """
        expression = self.expression(tree, scope)
        if expression.type.name == "list":
            raise self.error("P012", tree, "expected a condition, found a list; use some, every or no")
        if expression.type != YES_NO:
            raise self.error(
                "P011", tree, f"expected a condition, found {article(str(expression.type))}; compare it with a value"
            )
        return expression

    def expression(self, tree: Tree, scope: Scope) -> Expression:
        """Any expression.

        Raises:
            ExpressionError: a name or a type is wrong.
        """
        raise NotImplementedError

    def listed(self, tree: Tree, items: tuple[Expression, ...]) -> Expression:
        """Values in brackets; all of them have one type."""
        for part, item in zip(tree.parts, items, strict=True):
            if not same(items[0].type, item.type):
                both = f"{article(str(items[0].type))} and {article(str(item.type))}"
                raise self.error("P011", part, f"a list must have values of one type, found {both}")
        return ListLiteral(list_of(items[0].type), self.text(tree), items)

    def text(self, tree: Tree) -> str:
        """The text of a tree as written."""
        return self._source.text[tree.start : tree.end]

    def error(self, code: str, tree: Tree | Name, message: str) -> ExpressionError:
        """An error with the P-code `code`, at the place of `tree`."""
        return ExpressionError(self._source.problem(code, message, tree.start, tree.end))


def same(left: Type, right: Type) -> bool:
    """Whether values of the two types can be the same."""
    if left.name == right.name == "choice":
        return left.words == right.words
    if left.name == right.name == "component":
        return bool(set(left.kinds) & set(right.kinds))
    return left.name == right.name
