"""Names and types: a syntax tree becomes an expression whose meaning is settled."""

from datetime import date, timedelta
from typing import cast

from shipcheck.language.parameters import percentage
from shipcheck.language.paths import is_field, resolve_path
from shipcheck.language.scope import Scope, Terms
from shipcheck.language.syntax import SelectorTree, Tree
from shipcheck.language.tokens import ExpressionError, ReportedError
from shipcheck.language.written import Written
from shipcheck.model.expression import (
    Aggregate,
    Alternative,
    Arithmetic,
    Both,
    Compare,
    ComponentLiteral,
    Either,
    Expression,
    Given,
    ListLiteral,
    Literal_,
    Matches,
    Member,
    Not,
    Path,
    Quantified,
    Selector,
    Subset,
)
from shipcheck.model.types import DATE, DURATION, NUMBER, PERCENT, TEXT, YES_NO, Type, list_of
from shipcheck.wording import article, did_you_mean, listed

MAX_QUANTIFIERS = 3
_ORDERED = frozenset({"number", "percent", "date", "duration"})
_ADDED = _ORDERED - {"date"}
_PARAMETER_TYPES = {"number": NUMBER, "percent": PERCENT, "days": DURATION}


class Typer:
    """Types the expressions of one scalar of a policy."""

    def __init__(self, written: Written, terms: Terms) -> None:
        self._written = written
        self._terms = terms
        self._quantifiers = 0

    def condition(self, tree: Tree, scope: Scope) -> Expression:
        """A yes/no expression.

        Raises:
            ExpressionError: a name or a type is wrong.
        """
        expression = self.expression(tree, scope)
        if expression.type.name == "list":
            raise self._error("P012", tree, "a list stands where yes or no belongs; say some, every or no")
        if expression.type != YES_NO:
            raise self._error(
                "P011", tree, f"{article(str(expression.type))} stands where yes or no belongs; compare it with something"
            )
        return expression

    def selector(self, tree: SelectorTree, scope: Scope) -> Selector:
        """A selector whose implicit name is `it`.

        Raises:
            ExpressionError: a kind, name or type is wrong.
        """
        alternatives: list[Alternative] = []
        for name in {name.word: name for name in tree.names}.values():
            alternatives.extend(self._alternatives(name))
        plain = tuple(sorted({kind for item in alternatives if item.where is None for kind in item.kinds}))
        narrowed = [item for item in dict.fromkeys(alternatives) if item.where is not None]
        merged = ([Alternative(plain, None)] if plain else []) + narrowed
        kinds = Type("component", kinds=tuple(sorted({kind for item in merged for kind in item.kinds})))
        where = self.condition(tree.where, scope.bind("it", kinds, implicit=True)) if tree.where else None
        return Selector(tuple(merged), where, self._written.text)

    def _alternatives(self, name: Tree) -> tuple[Alternative, ...]:
        vocabulary, selectors = self._terms.vocabulary, self._terms.selectors
        if name.word in vocabulary.kinds:
            return (Alternative((name.word,), None),)
        selector = self._named(name)
        if selector.where is None:
            return selector.alternatives
        if len(selector.alternatives) == 1 and selector.alternatives[0].where is None:
            return (Alternative(selector.kinds, selector.where),)
        inner = Matches(YES_NO, f"it is {name.word}", _it(selectors[name.word].kinds), selector)
        return (Alternative(selector.kinds, inner),)

    def _named(self, name: Tree) -> Selector:
        selectors = self._terms.selectors
        if name.word in self._terms.broken:
            raise ReportedError(self._written.problem("P002", f"selector '{name.word}' is wrong itself", name.start, name.end))
        if name.word not in selectors:
            known = (*self._terms.vocabulary.kinds, *selectors)
            raise self._error(
                "P002", name, f"'{name.word}' is neither a kind nor a named selector{did_you_mean(name.word, known)}"
            )
        self._terms.used.add(name.word)
        return selectors[name.word]

    def expression(self, tree: Tree, scope: Scope) -> Expression:
        """Any expression.

        Raises:
            ExpressionError: a name or a type is wrong.
        """
        handler = getattr(self, f"_type_{tree.kind}")
        return cast(Expression, handler(tree, scope))

    def _type_or(self, tree: Tree, scope: Scope) -> Expression:
        return Either(YES_NO, self._text(tree), tuple(self.condition(part, scope) for part in tree.parts))

    def _type_and(self, tree: Tree, scope: Scope) -> Expression:
        return Both(YES_NO, self._text(tree), tuple(self.condition(part, scope) for part in tree.parts))

    def _type_not(self, tree: Tree, scope: Scope) -> Expression:
        return Not(YES_NO, self._text(tree), self.condition(tree.parts[0], scope))

    def _type_yes_no(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002 - one signature for all
        return Literal_(YES_NO, tree.word, tree.word == "true")

    def _type_number(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002
        value = float(tree.word) if "." in tree.word else int(tree.word)
        return Literal_(NUMBER, tree.word, value)

    def _type_percent(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002
        return Literal_(PERCENT, tree.word, percentage(tree.word))

    def _type_duration(self, tree: Tree, scope: Scope) -> Expression:
        days = int(tree.word[:-1]) * (7 if tree.word.endswith("w") else 1)
        return self._days(tree, days, "", scope)

    def _days(self, tree: Tree, days: float, parameter: str, scope: Scope) -> Expression:  # noqa: ARG002
        if days > 366_000:
            raise self._error("P010", tree, f"'{tree.word}' is longer than a thousand years")
        return Literal_(DURATION, tree.word, timedelta(days=days), parameter)

    def _type_date(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002
        try:
            return Literal_(DATE, tree.word, date.fromisoformat(tree.word))
        except ValueError:
            raise self._error("P010", tree, f"{tree.word} is not a day in the calendar") from None

    def _type_text(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002
        return Literal_(TEXT, tree.word, tree.word[1:-1])

    def _type_today(self, tree: Tree, scope: Scope) -> Expression:  # noqa: ARG002
        return Literal_(DATE, tree.word, "today")

    def _type_param(self, tree: Tree, scope: Scope) -> Expression:
        name = tree.word[1:]
        parameter = self._terms.parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, self._terms.parameters)
            raise self._error("P006", tree, f"the pack has no parameter '{name}'{hint}")
        self._terms.used.add(tree.word)
        if parameter.type == "days":
            return self._days(tree, parameter.value, name, scope)
        return Literal_(_PARAMETER_TYPES[parameter.type], tree.word, parameter.value, name)

    def _type_path(self, tree: Tree, scope: Scope) -> Expression:
        if scope.group and tree.word not in scope.bound:
            message = (
                f"a group has many members, so '{tree.word}' has many values; say count, share, sum, avg, min, max or unique"
            )
            raise self._error("P012", tree, message)
        return resolve_path(tree, scope, self._terms, self._written)

    def _type_list(self, tree: Tree, scope: Scope) -> Expression:
        return self._listed(tree, tuple(self.expression(part, scope) for part in tree.parts))

    def _listed(self, tree: Tree, items: tuple[Expression, ...]) -> Expression:
        """Values in brackets; all of them are of one type."""
        for part, item in zip(tree.parts, items, strict=True):
            if not _same(items[0].type, item.type):
                both = f"{article(str(items[0].type))} and {article(str(item.type))}"
                raise self._error("P011", part, f"a list holds values of one type, and {both} stand in this one")
        return ListLiteral(list_of(items[0].type), self._text(tree), items)

    def _type_is(self, tree: Tree, scope: Scope) -> Expression:
        part = self.expression(tree.parts[0], scope)
        mapped = part.type.name == "list" and "." in tree.parts[0].word and not self._is_own_list(part)
        if mapped:
            message = f"'{tree.parts[0].word}' is one value for each element of a list; say every x in ... satisfies x.... is set"
            raise self._error("P012", tree, message)
        given = Given(YES_NO, self._text(tree), part)
        return Not(YES_NO, self._text(tree), given) if tree.word == "missing" else given

    def _is_own_list(self, part: Expression) -> bool:
        """Whether only the last step of the path is a list, so that the list itself is given or not."""
        steps = getattr(part, "steps", ())
        return all(step.type.name != "list" for step in steps[:-1])

    def _type_matches(self, tree: Tree, scope: Scope) -> Expression:
        part = self.expression(tree.parts[0], scope)
        selector = self._named(tree.parts[1]) if tree.word not in self._terms.vocabulary.kinds else self._of_kind(tree.word)
        if part.type.name != "component":
            raise self._error("P011", tree.parts[0], f"{article(str(part.type))} cannot match a selector; name a component")
        if not set(part.type.kinds) & set(selector.kinds):
            message = f"{article(str(part.type))} is never {article(listed(selector.kinds))}"
            raise self._error("P011", tree, message)
        return Matches(YES_NO, self._text(tree), part, selector)

    def _of_kind(self, kind: str) -> Selector:
        return Selector((Alternative((kind,), None),), None, kind)

    def _type_quantified(self, tree: Tree, scope: Scope) -> Expression:
        name, items_tree, condition_tree = tree.parts
        items = self._list_operand(items_tree, scope)
        if name.word in scope.names or is_field(name.word, scope, self._terms.vocabulary):
            raise self._error("P009", name, f"'{name.word}' already means something here; choose another name")
        element = items.type.item or TEXT
        condition = self._over_elements(tree, condition_tree, scope.bind(name.word, element))
        return Quantified(YES_NO, self._text(tree), tree.word, name.word, items, condition)

    def _over_elements(self, tree: Tree, condition: Tree, scope: Scope) -> Expression:
        """A condition that is evaluated for each element of a list; how deep such conditions nest bounds what they cost."""
        self._quantifiers += 1
        if self._quantifiers > MAX_QUANTIFIERS:
            raise self._error(
                "P026", tree, f"quantifiers are nested deeper than {MAX_QUANTIFIERS}; name the inner part as a selector"
            )
        typed = self.condition(condition, scope)
        self._quantifiers -= 1
        return typed

    def _list_operand(self, tree: Tree, scope: Scope) -> Expression:
        items = self.expression(tree, scope)
        if items.type.name != "list":
            raise self._error("P012", tree, f"a list belongs here, and {article(str(items.type))} stands here")
        return items

    def _type_in(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        if right.type.name != "list":
            raise self._error("P012", tree.parts[1], f"a list belongs after 'in', and {article(str(right.type))} stands here")
        if left.type.name == "list":
            raise self._error("P012", tree.parts[0], "a list is looked for in a list; say all in, or some, every or no")
        self._comparable(tree, left.type, right.type.item or TEXT)
        return Member(YES_NO, self._text(tree), left, right)

    def _type_all_in(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        for side, part in zip((left, right), tree.parts, strict=True):
            if side.type.name != "list":
                raise self._error("P012", part, f"'all in' compares lists, and {article(str(side.type))} stands here; say in")
        self._comparable(tree, left.type.item or TEXT, right.type.item or TEXT)
        return Subset(YES_NO, self._text(tree), left, right)

    def _type_compare(self, tree: Tree, scope: Scope) -> Expression:
        left, right = self._pair(tree, scope)
        for side, part in zip((left, right), tree.parts, strict=True):
            if side.type.name == "list":
                raise self._error("P012", part, "a list is compared to one value; say some, every or no")
        self._comparable(tree, left.type, right.type)
        if tree.word in {"==", "!="}:
            return Compare(YES_NO, self._text(tree), left, tree.word, right)
        if left.type.name == "choice":
            if not left.type.ordered:
                raise self._error("P013", tree, f"the words {listed(left.type.words, 'and')} have no order; use ==, != or in")
            return Compare(YES_NO, self._text(tree), left, tree.word, right, left.type.words)
        if left.type.name not in _ORDERED:
            raise self._error("P013", tree, f"{article(str(left.type))} has no order; use == or !=")
        return Compare(YES_NO, self._text(tree), left, tree.word, right)

    def _pair(self, tree: Tree, scope: Scope) -> tuple[Expression, Expression]:
        """Both sides; a bare word that is no field, or a component in quotes, is read by the type of the other side.

        Where that could be said of both, the left one is meant to be a field, as people write it.
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
        bare = tree.kind == "path" and len(tree.parts) == 1
        return tree.kind == "text" or (bare and not is_field(tree.word, scope, self._terms.vocabulary))

    def _by_other(self, tree: Tree, other: Type, scope: Scope) -> Expression:
        element = other.item if other.name == "list" and other.item else other
        if tree.kind == "list":
            return self._listed(tree, tuple(self._by_other(part, element, scope) for part in tree.parts))
        bare = tree.kind == "path" and len(tree.parts) == 1
        if element.name == "choice" and bare:
            return self._word(tree, element, scope)
        if element.name == "component" and tree.kind == "text":
            return self._component(tree, element)
        return self.expression(tree, scope)

    def _word(self, tree: Tree, choice: Type, scope: Scope) -> Expression:
        named = is_field(tree.word, scope, self._terms.vocabulary)
        if tree.word in choice.words and not named:
            return Literal_(choice, tree.word, tree.word)
        if tree.word in choice.words:
            raise self._error(
                "P009",
                tree,
                f"'{tree.word}' is both a word of the choice and a field; rename a bound name, or compare with it directly",
            )
        if named:
            return self.expression(tree, scope)
        raise self._error(
            "P005", tree, f"'{tree.word}' is not one of {listed(choice.words)}{did_you_mean(tree.word, choice.words)}"
        )

    def _component(self, tree: Tree, element: Type) -> Expression:
        kind, colon, rest = tree.word[1:-1].partition(":")
        if not colon or kind not in element.kinds:
            kinds = listed([f'"{kind}:NAME"' for kind in element.kinds])
            raise self._error("P011", tree, f"a component is written {kinds} here")
        space, slash, name = rest.rpartition("/")
        return ComponentLiteral(element, tree.word, (kind, space if slash else "default", name))

    def _comparable(self, tree: Tree, left: Type, right: Type) -> None:
        if not _same(left, right) or left.name == "record":
            raise self._error("P011", tree, f"{article(str(left))} and {article(str(right))} cannot be compared")

    def _type_arithmetic(self, tree: Tree, scope: Scope) -> Expression:
        left, right = (self.expression(part, scope) for part in tree.parts)
        result = _ARITHMETIC.get((left.type.name, tree.word, right.type.name))
        if result is None:
            message = f"{article(str(left.type))} {tree.word} {article(str(right.type))} has no meaning"
            raise self._error("P011", tree, message)
        return Arithmetic(result, self._text(tree), left, tree.word, right)

    def _type_aggregate(self, tree: Tree, scope: Scope) -> Expression:
        if scope.group:
            return self._group_aggregate(tree, scope.member())
        if tree.word != "count" or not tree.parts:
            raise self._error("P014", tree, f"{tree.word}() sees the members of a group; use it with all")
        items = self._list_operand(tree.parts[0], scope)
        if len(tree.parts) == 1:
            return Aggregate(NUMBER, self._text(tree), "count", items, None)
        element = items.type.item or TEXT
        inner = scope.bind("item", element, implicit=element.name == "component")
        return Aggregate(NUMBER, self._text(tree), "count", items, self._over_elements(tree, tree.parts[1], inner), "item")

    def _group_aggregate(self, tree: Tree, member: Scope) -> Expression:
        text = self._text(tree)
        if len(tree.parts) > 1:
            raise self._error("P014", tree, f"{tree.word}(... where ...) counts a list; over members, join with and")
        if tree.word == "count":
            part = self.condition(tree.parts[0], member) if tree.parts else None
            return Aggregate(NUMBER, text, "count", None, part)
        if len(tree.parts) != 1:
            raise self._error("P014", tree, f"{tree.word}(...) takes one expression over the members")
        if tree.word == "share":
            return Aggregate(PERCENT, text, "share", None, self.condition(tree.parts[0], member))
        part = self.expression(tree.parts[0], member)
        if tree.word == "unique":
            return Aggregate(YES_NO, text, "unique", None, part)
        taken = _ADDED if tree.word in {"sum", "avg"} else _ORDERED
        if part.type.name not in taken:
            takes = listed(sorted(f"{name}s" for name in taken))
            raise self._error("P011", tree, f"{tree.word} of {article(str(part.type))} has no meaning; it takes {takes}")
        return Aggregate(part.type, text, tree.word, None, part)

    def _text(self, tree: Tree) -> str:
        return self._written.text[tree.start : tree.end]

    def _error(self, code: str, tree: Tree, message: str) -> ExpressionError:
        return ExpressionError(self._written.problem(code, message, tree.start, tree.end))


def _same(left: Type, right: Type) -> bool:
    """Whether values of the two types can be the same."""
    if left.name == right.name == "choice":
        return left.words == right.words
    if left.name == right.name == "component":
        return bool(set(left.kinds) & set(right.kinds))
    return left.name == right.name


def _it(kinds: tuple[str, ...]) -> Expression:
    return Path(Type("component", kinds=kinds), "it", "it", ())


_ARITHMETIC: dict[tuple[str, str, str], Type] = {
    **{("number", operator, "number"): NUMBER for operator in "+-*/"},
    **{("percent", operator, "percent"): PERCENT for operator in "+-"},
    ("date", "+", "duration"): DATE,
    ("date", "-", "duration"): DATE,
    ("date", "-", "date"): DURATION,
    ("duration", "+", "duration"): DURATION,
    ("duration", "-", "duration"): DURATION,
}
