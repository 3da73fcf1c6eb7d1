"""Quantifiers and aggregates: conditions and values over the elements of a list or the members of a group."""

from shipcheck.english import article, listed
from shipcheck.language.syntax.grammar import Tree
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.typing.checker import ORDERED, TyperBase
from shipcheck.language.typing.field_paths import is_field
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.model.expression import Aggregate, Expression, Quantified
from shipcheck.model.types import NUMBER, PERCENT, TEXT, YES_NO, Type

MAX_QUANTIFIERS = 3
_ADDED = ORDERED - {"date"}


class Elements(TyperBase):
    """Types what is evaluated once for each element; the nesting of such parts is bounded, which bounds their cost."""

    def __init__(self, source: SourceText, symbols: Symbols) -> None:
        super().__init__(source, symbols)
        self._quantifiers = 0

    def _quantified(self, tree: Tree, scope: Scope) -> Expression:
        (name,), (items_tree, condition_tree) = tree.names, tree.parts
        items = self.list_operand(items_tree, scope)
        if name.word in scope.names or is_field(name.word, scope, self._symbols.vocabulary):
            raise self.error("P009", name, f"'{name.word}' is already a name here; use another name")
        element = items.type.item or TEXT
        condition = self._over_elements(tree, condition_tree, scope.bind(name.word, element))
        return Quantified(YES_NO, self.text(tree), tree.word, name.word, items, condition)

    def _over_elements(self, tree: Tree, condition: Tree, scope: Scope) -> Expression:
        """A condition that is evaluated for each element of a list."""
        self._quantifiers += 1
        if self._quantifiers > MAX_QUANTIFIERS:
            raise self.error(
                "P026", tree, f"quantifiers are nested deeper than {MAX_QUANTIFIERS}; define the inner part as a selector"
            )
        typed = self.condition(condition, scope)
        self._quantifiers -= 1
        return typed

    def list_operand(self, tree: Tree, scope: Scope) -> Expression:
        """An expression that is a list.

        Raises:
            ExpressionError: it is not one.
        """
        items = self.expression(tree, scope)
        if items.type.name != "list":
            raise self.error("P012", tree, f"expected a list, found {article(str(items.type))}")
        return items

    def _aggregate(self, tree: Tree, scope: Scope) -> Expression:
        if scope.group:
            return self._group_aggregate(tree, scope.member())
        if not tree.parts:
            raise self.error("P014", tree, f"{tree.word}() is for the members of a group; use it with all, or give it a list")
        if tree.word == "count":
            return self._count(tree, scope)
        if len(tree.parts) > 1:
            raise self.error("P014", tree, f"only count can have where; {tree.word} uses all values of a list")
        return self._list_aggregate(tree, self.expression(tree.parts[0], scope))

    def _count(self, tree: Tree, scope: Scope) -> Expression:
        items = self.list_operand(tree.parts[0], scope)
        if len(tree.parts) == 1:
            return Aggregate(NUMBER, self.text(tree), "count", items, None)
        element = items.type.item or TEXT
        inner = scope.bind("item", element, implicit=element.name == "component")
        return Aggregate(NUMBER, self.text(tree), "count", items, self._over_elements(tree, tree.parts[1], inner), "item")

    def _list_aggregate(self, tree: Tree, items: Expression) -> Expression:
        element = items.type.item
        if items.type.name != "list" or element is None:
            actual = article(str(items.type))
            message = f"with each, {tree.word} expects a list, found {actual}; for the members of a group, use all"
            raise self.error("P014", tree, message)
        return Aggregate(self._result(tree, element), self.text(tree), tree.word, items, None)

    def _group_aggregate(self, tree: Tree, member: Scope) -> Expression:
        text = self.text(tree)
        if len(tree.parts) > 1:
            raise self.error("P014", tree, f"{tree.word}(... where ...) is for lists; for members, join the conditions with and")
        if tree.word == "count":
            part = self.condition(tree.parts[0], member) if tree.parts else None
            return Aggregate(NUMBER, text, "count", None, part)
        if len(tree.parts) != 1:
            raise self.error("P014", tree, f"{tree.word}(...) expects one expression over the members")
        if tree.word == "share":
            return Aggregate(PERCENT, text, "share", None, self.condition(tree.parts[0], member))
        part = self.expression(tree.parts[0], member)
        if part.type.name == "list":
            message = f"{tree.word} expects one value for each member, found a list; use its count, sum, min or max"
            raise self.error("P012", tree.parts[0], message)
        return Aggregate(self._result(tree, part.type), text, tree.word, None, part)

    def _result(self, tree: Tree, element: Type) -> Type:
        """The type of the aggregate of values of a type."""
        if tree.word == "unique" and element.name != "record":
            return YES_NO
        if tree.word == "share" and element == YES_NO:
            return PERCENT
        if tree.word in {"min", "max"} and (element.ordered or element.name in ORDERED):
            return element
        if tree.word in {"sum", "avg"} and element.name in _ADDED:
            return element
        raise self.error("P011", tree, f"{tree.word} cannot aggregate {article(str(element))}; it expects {TAKES[tree.word]}")


TAKES = {
    "unique": "everything but records",
    "share": "booleans",
    "sum": listed(sorted(f"{name}s" for name in _ADDED)),
    "avg": listed(sorted(f"{name}s" for name in _ADDED)),
    "min": f"{', '.join(sorted(f'{name}s' for name in ORDERED))} or words with an order",
    "max": f"{', '.join(sorted(f'{name}s' for name in ORDERED))} or words with an order",
}
