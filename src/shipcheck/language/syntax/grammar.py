"""Expressions and selectors, parsed by recursive descent; the grammar is in docs/policies.md."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError, Token, tokenize
from shipcheck.model.operators import COMPARISONS

AGGREGATES = frozenset({"count", "share", "sum", "avg", "min", "max", "unique"})
QUANTIFIERS = frozenset({"some", "every", "no"})
KEYWORDS = QUANTIFIERS | {
    "and", "or", "not", "in", "all", "satisfies", "where", "is", "set", "missing", "present", "true", "false", "today", "like"
}  # fmt: skip
MAX_NESTING = 40

ConstantKind = Literal["number", "percent", "duration", "date", "text", "yes_no", "today", "param"]
TestKind = Literal["compare", "in", "all_in", "like", "is", "matches"]
Kind = ConstantKind | TestKind | Literal["path", "list", "aggregate", "arithmetic", "or", "and", "not", "quantified"]


class Name(NamedTuple):
    """One name as written, from the character `start` of the text to before `end`."""

    word: str
    start: int
    end: int


class Tree(NamedTuple):
    """An expression before names and types are resolved.

    `word` is its operator, name or constant, `parts` the expressions in it; `names` are the steps of a path, the name that a
    quantifier binds, or the selector after `is`. It is written from the character `start` of the text to before `end`.
    """

    kind: Kind
    word: str
    parts: tuple["Tree", ...]
    start: int
    end: int
    names: tuple[Name, ...] = ()


class SelectorTree(NamedTuple):
    """Kinds or named selectors, and a narrowing condition."""

    names: tuple[Name, ...]
    where: Tree | None


def tokens_of(source: SourceText) -> list[Token]:
    """The tokens of an expression.

    Raises:
        ExpressionError: a character that no token starts with, or a text that is too long.
    """
    return tokenize(source, KEYWORDS)


def parse_condition(source: SourceText) -> Tree:
    """Parse one condition.

    Raises:
        ExpressionError: the text is not a condition.
    """
    parser = _Parser(source)
    tree = parser.condition()
    parser.finish()
    return tree


def parse_selector(source: SourceText) -> SelectorTree:
    """Parse `KIND [or KIND...] [where CONDITION]`.

    Raises:
        ExpressionError: the text is not a selector.
    """
    parser = _Parser(source)
    tree = parser.selector()
    parser.finish()
    return tree


def first_word(source: SourceText) -> str:
    """The first word of a subject; `link` and `removed` are special."""
    return "".join(source.text.split(maxsplit=1)[:1])


def parse_removed(source: SourceText) -> SelectorTree:
    """Parse `removed KIND [or KIND...] [where CONDITION]`.

    Raises:
        ExpressionError: it begins with `removed` but does not continue correctly.
    """
    parser = _Parser(source)
    parser.advance()
    tree = parser.selector()
    parser.finish()
    return tree


def parse_links(source: SourceText) -> tuple[tuple[Name, ...], Tree | None]:
    """Parse `link NAME[, NAME...] [where CONDITION]`.

    Raises:
        ExpressionError: it begins with `link` but does not continue correctly.
    """
    parser = _Parser(source)
    parser.advance()
    names = [parser.name("the name of a link")]
    while parser.accept(","):
        names.append(parser.name("the name of a link"))
    where = parser.condition() if parser.accept("where") else None
    parser.finish()
    return tuple(names), where


class _Parser:
    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._tokens = tokens_of(source)
        self._next = 0
        self._nesting = 0

    def peek(self) -> Token:
        return self._tokens[self._next]

    def advance(self) -> Token:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def accept(self, text: str) -> bool:
        token = self.peek()
        if token.kind in {"mark", "keyword"} and token.text == text:
            self.advance()
            return True
        return False

    def expect(self, text: str, why: str) -> Token:
        token = self.peek()
        if not self.accept(text):
            raise self.error(token, f"expected '{text}', {why}; found {_shown(token)}")
        return token

    def finish(self) -> None:
        token = self.peek()
        if token.kind != "end":
            raise self.error(token, f"unexpected {_shown(token)} after a complete expression; join the parts with and, or")

    def name(self, wanted: str) -> Name:
        token = self.advance()
        if token.kind != "name":
            raise self.error(token, f"expected {wanted}, found {_shown(token)}")
        return Name(token.text, token.start, token.end)

    def error(self, token: Token, message: str) -> ExpressionError:
        end = max(token.end, token.start + 1)
        return ExpressionError(self._source.problem("P010", message, token.start, end))

    def selector(self) -> SelectorTree:
        names = [self.name("a kind or a named selector")]
        while self.accept("or"):
            names.append(self.name("a kind or a named selector"))
        where = self.condition() if self.accept("where") else None
        return SelectorTree(tuple(names), where)

    def enter(self, token: Token) -> None:
        """Go one level deeper; sums and products nest like brackets, since each operator includes everything before it."""
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise self.error(token, f"the expression is nested deeper than {MAX_NESTING} levels; define its parts as selectors")

    def leave(self, levels: int = 1) -> None:
        self._nesting -= levels

    def condition(self) -> Tree:
        self.enter(self.peek())
        tree = self._joined("or")
        self.leave()
        return tree

    def _joined(self, word: Literal["or", "and"]) -> Tree:
        parts = [self._operand(word)]
        while self.accept(word):
            parts.append(self._operand(word))
        return parts[0] if len(parts) == 1 else Tree(word, word, tuple(parts), parts[0].start, parts[-1].end)

    def _operand(self, word: Literal["or", "and"]) -> Tree:
        return self._joined("and") if word == "or" else self._unary()

    def _unary(self) -> Tree:
        token = self.peek()
        if token.kind == "keyword" and token.text == "not":
            self.enter(self.advance())
            part = self._unary()
            self.leave()
            return Tree("not", "not", (part,), token.start, part.end)
        if token.kind == "keyword" and token.text in QUANTIFIERS:
            return self._quantified()
        return self._comparison()

    def _quantified(self) -> Tree:
        word = self.advance()
        name = self.name(f"a name for each element, as in '{word.text} x in LIST satisfies ...'")
        self.expect("in", f"as in '{word.text} {name.word} in LIST satisfies ...'")
        items = self._value()
        self.expect("satisfies", f"as in '{word.text} {name.word} in LIST satisfies ...'")
        self.enter(word)
        condition = self._unary()
        self.leave()
        return Tree("quantified", word.text, (items, condition), word.start, condition.end, (name,))

    def _comparison(self) -> Tree:
        left = self._value()
        token = self.peek()
        if token.kind == "mark" and token.text in COMPARISONS:
            self.advance()
            right = self._value()
            return Tree("compare", token.text, (left, right), left.start, right.end)
        if self.accept("is"):
            return self._is(left)
        if self.accept("not"):
            inside = (
                self._like(left) if self.accept("like") else self._in(left, "as in 'X not in LIST' or 'X not like \"text*\"'")
            )
            return Tree("not", "not", (inside,), left.start, inside.end)
        if self.accept("like"):
            return self._like(left)
        if self.peek().text == "in":
            return self._in(left, "as in 'X in LIST'")
        if self.accept("all"):
            self.expect("in", "as in 'LIST all in LIST'")
            right = self._value()
            return Tree("all_in", "all in", (left, right), left.start, right.end)
        return left

    def _in(self, left: Tree, why: str) -> Tree:
        self.expect("in", why)
        right = self._value()
        return Tree("in", "in", (left, right), left.start, right.end)

    def _like(self, left: Tree) -> Tree:
        pattern = self.advance()
        if pattern.kind != "text":
            message = f"expected a pattern in double quotes after 'like', found {_shown(pattern)}"
            raise self.error(pattern, message)
        right = Tree("text", pattern.text, (), pattern.start, pattern.end)
        return Tree("like", "like", (left, right), left.start, right.end)

    def _is(self, left: Tree) -> Tree:
        negated = self.accept("not")
        token = self.advance()
        if token.text in {"set", "missing", "present"}:
            tree = Tree("is", token.text, (left,), left.start, token.end)
        elif token.kind == "name":
            selector = Name(token.text, token.start, token.end)
            tree = Tree("matches", token.text, (left,), left.start, token.end, (selector,))
        else:
            raise self.error(token, f"expected 'set', 'missing', 'present' or a selector after 'is', found {_shown(token)}")
        return Tree("not", "not", (tree,), left.start, token.end) if negated else tree

    def _value(self) -> Tree:
        return self._chain(frozenset({"+", "-"}), self._term)

    def _term(self) -> Tree:
        return self._chain(frozenset({"*", "/"}), self._atom)

    def _chain(self, operators: frozenset[str], operand: Callable[[], Tree]) -> Tree:
        left = operand()
        levels = 0
        while self.peek().kind == "mark" and self.peek().text in operators:
            operator = self.advance()
            self.enter(operator)
            levels += 1
            right = operand()
            left = Tree("arithmetic", operator.text, (left, right), left.start, right.end)
        self.leave(levels)
        return left

    def _atom(self) -> Tree:
        token = self.advance()
        match token.kind:
            case "number" | "percent" | "duration" | "date" | "text" | "param":
                return Tree(token.kind, token.text, (), token.start, token.end)
            case "name":
                called = token.text in AGGREGATES and self.peek().text == "("
                return self._aggregate(token) if called else self._path(token)
            case "keyword" if token.text in {"true", "false", "today"}:
                return Tree("today" if token.text == "today" else "yes_no", token.text, (), token.start, token.end)
            case _:
                return self._enclosed(token)

    def _enclosed(self, token: Token) -> Tree:
        if token.text == "(":
            inner = self.condition()
            closing = self.expect(")", "to close the bracket")
            return inner._replace(start=token.start, end=closing.end)
        if token.text == "[":
            return self._list(token)
        raise self.error(token, f"expected a value, found {_shown(token)}")

    def _path(self, first: Token) -> Tree:
        names = [Name(first.text, first.start, first.end)]
        while self.accept("."):
            token = self.advance()
            if token.kind not in {"name", "keyword"}:
                raise self.error(token, f"expected a field after '.', found {_shown(token)}")
            names.append(Name(token.text, token.start, token.end))
        return Tree("path", ".".join(name.word for name in names), (), first.start, names[-1].end, tuple(names))

    def _list(self, opening: Token) -> Tree:
        self.enter(opening)
        items = [self._value()]
        while self.accept(","):
            items.append(self._value())
        self.leave()
        closing = self.expect("]", "to close the list")
        return Tree("list", "list", tuple(items), opening.start, closing.end)

    def _aggregate(self, word: Token) -> Tree:
        self.expect("(", "after the aggregate")
        parts: list[Tree] = []
        if self.peek().text != ")":
            parts.append(self.condition())
            if self.accept("where"):
                parts.append(self.condition())
        closing = self.expect(")", "to close the aggregate")
        return Tree("aggregate", word.text, tuple(parts), word.start, closing.end)


def _shown(token: Token) -> str:
    return "the end" if token.kind == "end" else f"'{token.text}'"
