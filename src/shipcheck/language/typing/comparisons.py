"""Comparisons: two sides, and the meaning of a bare word or a component in quotes next to the other side."""

from shipcheck.english import article, did_you_mean, listed
from shipcheck.language.syntax.grammar import Tree
from shipcheck.language.typing.checker import ORDERED, TyperBase, same
from shipcheck.language.typing.field_paths import is_field
from shipcheck.language.typing.scope import Scope
from shipcheck.model.expression import Compare, ComponentLiteral, Expression, Like, Literal_, Member, Subset
from shipcheck.model.operators import EQUALITIES
from shipcheck.model.types import TEXT, YES_NO, Type


class Comparisons(TyperBase):
    """Types both sides of an operator."""

    def _member(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        if right.type.name != "list":
            raise self.error("P012", tree.parts[1], f"expected a list after 'in', found {article(str(right.type))}")
        if left.type.name == "list":
            raise self.error("P012", tree.parts[0], "'in' cannot search for a list; use all in, or some, every or no")
        self._comparable(tree, left.type, right.type.item or TEXT)
        return Member(YES_NO, self.text(tree), left, right)

    def _subset(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        for side, part in zip((left, right), tree.parts, strict=True):
            if side.type.name != "list":
                raise self.error("P012", part, f"'all in' expects lists, found {article(str(side.type))}; use in")
        self._comparable(tree, left.type.item or TEXT, right.type.item or TEXT)
        return Subset(YES_NO, self.text(tree), left, right)

    def _like(self, tree: Tree, scope: Scope) -> Expression:
        left = self.expression(tree.parts[0], scope)
        if left.type.name == "list":
            raise self.error("P012", tree.parts[0], "a list cannot be compared with a pattern; use some, every or no")
        if left.type.name != "text":
            raise self.error("P011", tree.parts[0], f"'like' expects text, found {article(str(left.type))}")
        return Like(YES_NO, self.text(tree), left, tree.parts[1].word[1:-1])

    def _compare(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        for side, part in zip((left, right), tree.parts, strict=True):
            if side.type.name == "list":
                raise self.error("P012", part, "a list cannot be compared with one value; use some, every or no")
        self._comparable(tree, left.type, right.type)
        if tree.word in EQUALITIES:
            return Compare(YES_NO, self.text(tree), left, tree.word, right)
        if left.type.name == "choice":
            if not left.type.ordered:
                raise self.error("P013", tree, f"the words {listed(left.type.words, 'and')} have no order; use ==, != or in")
            return Compare(YES_NO, self.text(tree), left, tree.word, right, left.type.words)
        if left.type.name not in ORDERED:
            raise self.error("P013", tree, f"{article(str(left.type))} has no order; use == or !=")
        return Compare(YES_NO, self.text(tree), left, tree.word, right)

    def _pair(self, tree: Tree, scope: Scope) -> tuple[Expression, Expression]:
        """Both sides; a bare word that is not a field, or a component in quotes, is read by the type of the other side.

        If that applies to both, the left one is read as a field.
        """
        left_tree, right_tree = tree.parts
        misspelt = left_tree.kind == "path" and self._needs_other(right_tree, scope)
        if self._needs_other(left_tree, scope) and not misspelt:
            right = self.expression(right_tree, scope)
            return self._by_other(left_tree, right.type, scope), right
        left = self.expression(left_tree, scope)
        return left, self._by_other(right_tree, left.type, scope)

    def _needs_other(self, tree: Tree, scope: Scope) -> bool:
        if tree.kind == "list":
            return any(self._needs_other(part, scope) for part in tree.parts)
        bare = tree.kind == "path" and len(tree.names) == 1
        return tree.kind == "text" or (bare and not is_field(tree.word, scope, self._symbols.vocabulary))

    def _by_other(self, tree: Tree, other: Type, scope: Scope) -> Expression:
        element = other.item if other.name == "list" and other.item else other
        if tree.kind == "list":
            return self.listed(tree, tuple(self._by_other(part, element, scope) for part in tree.parts))
        bare = tree.kind == "path" and len(tree.names) == 1
        if element.name == "choice" and bare:
            return self._word(tree, element, scope)
        if element.name == "component" and tree.kind == "text":
            return self._component(tree, element)
        return self.expression(tree, scope)

    def _word(self, tree: Tree, choice: Type, scope: Scope) -> Expression:
        """A bare word next to a choice: a word of it, unless a field or bound name of the same choice has that name too."""
        named = self._same_choice(tree, choice, scope)
        if tree.word not in choice.words:
            if is_field(tree.word, scope, self._symbols.vocabulary):
                return self.expression(tree, scope)
            hint = did_you_mean(tree.word, choice.words)
            raise self.error("P005", tree, f"'{tree.word}' is not one of {listed(choice.words)}{hint}")
        if named:
            advice = "write it." + tree.word + " for the field" if tree.word not in scope.names else "rename the bound name"
            raise self.error("P009", tree, f"'{tree.word}' is both a word of the choice and a name here; {advice}")
        return Literal_(choice, tree.word, tree.word)

    def _same_choice(self, tree: Tree, choice: Type, scope: Scope) -> bool:
        if not is_field(tree.word, scope, self._symbols.vocabulary) or (scope.group and tree.word not in scope.bound):
            return False
        return same(self.expression(tree, scope).type, choice)

    def _component(self, tree: Tree, element: Type) -> Expression:
        kind, colon, rest = tree.word[1:-1].partition(":")
        if not colon or kind not in element.kinds:
            kinds = listed([f'"{kind}:NAME"' for kind in element.kinds])
            raise self.error("P011", tree, f"write a component as {kinds}")
        space, slash, name = rest.rpartition("/")
        return ComponentLiteral(element, tree.word, (kind, space if slash else "default", name))

    def _comparable(self, tree: Tree, left: Type, right: Type) -> None:
        if not same(left, right) or left.name == "record":
            raise self.error("P011", tree, f"{article(str(left))} and {article(str(right))} cannot be compared")
