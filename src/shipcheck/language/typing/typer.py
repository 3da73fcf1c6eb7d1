"""Names and types: a syntax tree becomes a typed expression."""

from datetime import date, timedelta
from typing import assert_never

from shipcheck.english import article, did_you_mean, listed
from shipcheck.language.syntax.grammar import ConstantKind, Name, SelectorTree, TestKind, Tree
from shipcheck.language.syntax.tokens import ReportedError
from shipcheck.language.typing.comparisons import Comparisons
from shipcheck.language.typing.elements import Elements
from shipcheck.language.typing.field_paths import BASE, resolve_path
from shipcheck.language.typing.parameters import percentage
from shipcheck.language.typing.scope import Scope
from shipcheck.model.expression import (
    Alternative,
    Arithmetic,
    Both,
    Either,
    Expression,
    Given,
    Literal_,
    Matches,
    Not,
    Path,
    Present,
    Selector,
)
from shipcheck.model.types import DATE, DURATION, NUMBER, PERCENT, TEXT, YES_NO, Type

_PARAMETER_TYPES = {"number": NUMBER, "percent": PERCENT, "days": DURATION}


class Typer(Comparisons, Elements):
    """Types the expressions of one scalar of a policy."""

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
        return Selector(tuple(merged), where, self._source.text)

    def _alternatives(self, name: Name) -> tuple[Alternative, ...]:
        vocabulary, selectors = self._symbols.vocabulary, self._symbols.selectors
        if name.word in vocabulary.kinds:
            return (Alternative((name.word,), None),)
        selector = self._named(name)
        if selector.where is None:
            return selector.alternatives
        if len(selector.alternatives) == 1 and selector.alternatives[0].where is None:
            return (Alternative(selector.kinds, selector.where, name.word),)
        inner = Matches(YES_NO, f"it is {name.word}", _it(selectors[name.word].kinds), selector, name.word)
        return (Alternative(selector.kinds, inner, name.word),)

    def _named(self, name: Name) -> Selector:
        selectors = self._symbols.selectors
        if name.word in self._symbols.broken:
            raise ReportedError(self._source.problem("P002", f"selector '{name.word}' is itself wrong", name.start, name.end))
        if name.word not in selectors:
            known = (*self._symbols.vocabulary.kinds, *selectors)
            raise self.error("P002", name, f"unknown kind or selector '{name.word}'{did_you_mean(name.word, known)}")
        self._symbols.used.add(name.word)
        return selectors[name.word]

    def expression(self, tree: Tree, scope: Scope) -> Expression:
        """Any expression.

        Raises:
            ExpressionError: a name or a type is wrong.
        """
        match tree.kind:
            case "or" | "and" | "not":
                return self._combined(tree, tuple(self.condition(part, scope) for part in tree.parts))
            case "compare" | "in" | "all_in" | "like" | "is" | "matches":
                return self._test(tree.kind, tree, scope)
            case "quantified":
                return self._quantified(tree, scope)
            case "aggregate":
                return self._aggregate(tree, scope)
            case "arithmetic":
                return self._arithmetic(tree, scope)
            case "path":
                return self._path(tree, scope)
            case "list":
                return self.listed(tree, tuple(self.expression(part, scope) for part in tree.parts))
            case "number" | "percent" | "duration" | "date" | "text" | "yes_no" | "today" | "param":
                return self._constant(tree.kind, tree)
            case _:
                assert_never(tree.kind)

    def _combined(self, tree: Tree, parts: tuple[Expression, ...]) -> Expression:
        if tree.kind == "not":
            return Not(YES_NO, self.text(tree), parts[0])
        return (Either if tree.kind == "or" else Both)(YES_NO, self.text(tree), parts)

    def _test(self, kind: TestKind, tree: Tree, scope: Scope) -> Expression:
        """A condition about one value, or about two that are compared."""
        match kind:
            case "compare":
                return self._compare(tree, scope)
            case "in":
                return self._member(tree, scope)
            case "all_in":
                return self._subset(tree, scope)
            case "like":
                return self._like(tree, scope)
            case "is":
                return self._is(tree, scope)
            case "matches":
                return self._matches(tree, scope)
            case _:
                assert_never(kind)

    def _constant(self, kind: ConstantKind, tree: Tree) -> Expression:
        match kind:
            case "number":
                value = float(tree.word) if "." in tree.word else int(tree.word)
                return Literal_(NUMBER, tree.word, value)
            case "percent":
                return Literal_(PERCENT, tree.word, percentage(tree.word))
            case "duration":
                return self._days(tree, int(tree.word[:-1]) * (7 if tree.word.endswith("w") else 1))
            case "date":
                return self._date(tree)
            case "text":
                return Literal_(TEXT, tree.word, tree.word[1:-1])
            case "yes_no":
                return Literal_(YES_NO, tree.word, tree.word == "true")
            case "today":
                return Literal_(DATE, tree.word, "today")
            case "param":
                return self._parameter(tree)
            case _:
                assert_never(kind)

    def _days(self, tree: Tree, days: float, parameter: str = "") -> Expression:
        if days > 366_000:
            raise self.error("P010", tree, f"'{tree.word}' is longer than a thousand years")
        return Literal_(DURATION, tree.word, timedelta(days=days), parameter)

    def _date(self, tree: Tree) -> Expression:
        try:
            return Literal_(DATE, tree.word, date.fromisoformat(tree.word))
        except ValueError:
            raise self.error("P010", tree, f"{tree.word} is not a date in the calendar") from None

    def _parameter(self, tree: Tree) -> Expression:
        name = tree.word[1:]
        if tree.word in self._symbols.broken:
            raise ReportedError(self._source.problem("P006", f"parameter '{name}' is itself wrong", tree.start, tree.end))
        parameter = self._symbols.parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, self._symbols.parameters)
            raise self.error("P006", tree, f"unknown parameter '{name}'{hint}")
        self._symbols.used.add(tree.word)
        if parameter.type == "days":
            return self._days(tree, parameter.value, name)
        return Literal_(_PARAMETER_TYPES[parameter.type], tree.word, parameter.value, name)

    def _path(self, tree: Tree, scope: Scope) -> Expression:
        if scope.group and tree.word not in scope.bound:
            message = f"'{tree.word}' has a value for each member of the group; use count, share, sum, avg, min, max or unique"
            raise self.error("P012", tree, message)
        return resolve_path(tree, scope, self._symbols, self._source)

    def _is(self, tree: Tree, scope: Scope) -> Expression:
        part = self.expression(tree.parts[0], scope)
        if tree.word == "present":
            return self._present(tree, part)
        mapped = part.type.name == "list" and "." in tree.parts[0].word and not self._is_own_list(part)
        if mapped:
            message = f"'{tree.parts[0].word}' has a value for each element of a list; use every x in ... satisfies x.... is set"
            raise self.error("P012", tree, message)
        given = Given(YES_NO, self.text(tree), part)
        return Not(YES_NO, self.text(tree), given) if tree.word == "missing" else given

    def _present(self, tree: Tree, part: Expression) -> Expression:
        """Whether a component is in the head; a component of `base` is looked up in the base instead."""
        if part.type.name == "list":
            message = f"'{self.text(tree.parts[0])}' is a list; use some, every or no x in ... satisfies x is present"
            raise self.error("P012", tree.parts[0], message)
        if part.type.name != "component":
            message = f"'is present' expects a component, found {article(str(part.type))}; use is set or is missing"
            raise self.error("P011", tree, message)
        steps = part.steps if isinstance(part, Path) else ()
        in_base = bool(steps) and steps[-1].source == BASE
        return Given(YES_NO, self.text(tree), part) if in_base else Present(YES_NO, self.text(tree), part)

    def _is_own_list(self, part: Expression) -> bool:
        """Whether only the last step of the field path is a list, so that the list itself is set or missing."""
        return not isinstance(part, Path) or all(step.type.name != "list" for step in part.steps[:-1])

    def _matches(self, tree: Tree, scope: Scope) -> Expression:
        part = self.expression(tree.parts[0], scope)
        selector = self._named(tree.names[0]) if tree.word not in self._symbols.vocabulary.kinds else self._of_kind(tree.word)
        if part.type.name != "component":
            raise self.error("P011", tree.parts[0], f"{article(str(part.type))} cannot match a selector; use a component")
        if not set(part.type.kinds) & set(selector.kinds):
            message = f"{article(str(part.type))} is never {article(listed(selector.kinds))}"
            raise self.error("P011", tree, message)
        return Matches(YES_NO, self.text(tree), part, selector, tree.word)

    def _of_kind(self, kind: str) -> Selector:
        return Selector((Alternative((kind,), None),), None, kind)

    def _arithmetic(self, tree: Tree, scope: Scope) -> Expression:
        left, right = (self.expression(part, scope) for part in tree.parts)
        result = ARITHMETIC.get((left.type.name, tree.word, right.type.name))
        if result is None:
            message = f"'{tree.word}' is not defined for {article(str(left.type))} and {article(str(right.type))}"
            raise self.error("P011", tree, message)
        return Arithmetic(result, self.text(tree), left, tree.word, right)


def _it(kinds: tuple[str, ...]) -> Expression:
    return Path(Type("component", kinds=kinds), "it", "it", ())


ARITHMETIC: dict[tuple[str, str, str], Type] = {
    **{("number", operator, "number"): NUMBER for operator in "+-*/"},
    **{("percent", operator, "percent"): PERCENT for operator in "+-"},
    ("date", "+", "duration"): DATE,
    ("date", "-", "duration"): DATE,
    ("date", "-", "date"): DURATION,
    ("duration", "+", "duration"): DURATION,
    ("duration", "-", "duration"): DURATION,
}
