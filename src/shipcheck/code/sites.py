"""Every call, function and class of a module where something may be found, with its scope and what holds it.

A file is parsed whole, but bodies without any of the words that are looked for are never converted.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from shipcheck.code.children import children
from shipcheck.code.form import (
    Argument,
    Assign,
    Block,
    Call,
    Class,
    Comprehension,
    Constant,
    Entry,
    Function,
    Leave,
    Member,
    Name,
    Opaque,
    Parameter,
    Sequence,
    Span,
    is_shallow,
)
from shipcheck.code.limits import DEEP
from shipcheck.code.scopes import Scope

Rounds = Callable[[Comprehension, Scope], list[Scope]]


class Site(NamedTuple):
    """One place of code. `holder` is the variable, key or member that holds its value; `symbol` the path of names around it."""

    node: Call | Function | Class
    scope: Scope
    holder: str
    symbol: tuple[str, ...]


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$"
_IN_WORD = frozenset(_LETTERS)
# Every byte that no word has becomes a space; lines stay.
_ONLY_WORDS = bytes(byte if byte in _IN_WORD or byte == 0x0A else 0x20 for byte in range(256))
_FEW = 4


class Words:
    """Names that are looked for. A `*` at the end or the start of one is any letters."""

    def __init__(self, names: Iterable[str]) -> None:
        names = frozenset(names)
        self.names = names
        self.exact = frozenset(name.encode() for name in names if "*" not in name)
        wild = [name.encode() for name in names if "*" in name]
        self._starts = tuple(name.partition(b"*")[0] for name in wild if not name.startswith(b"*"))
        self._ends = tuple(name.rpartition(b"*")[2] for name in wild if name.startswith(b"*") and name.strip(b"*"))

    def among(self, words: set[bytes]) -> set[bytes]:
        """Those of these words that are looked for."""
        found = words & self.exact
        if self._starts or self._ends:
            found |= {word for word in words if word.startswith(self._starts) or word.endswith(self._ends)}
        return found


class HitLines:
    """Lines of a file, in order."""

    def __init__(self, lines: Iterable[int]) -> None:
        self._lines = list(lines)

    def any_in(self, span: Span) -> bool:
        """Whether one of them is in a span."""
        at = bisect_left(self._lines, span[0])
        return at < len(self._lines) and self._lines[at] <= span[2]


class Lines(HitLines):
    """The lines of a file that hold one of the words that are looked for."""

    def __init__(self, content: bytes, words: Words) -> None:
        only = content.translate(_ONLY_WORDS)
        hits = words.among(set(only.split()))
        if len(hits) <= _FEW:
            super().__init__(_lines_of(content, sorted(place for word in hits for place in _places(only, word))))
        else:
            is_without = hits.isdisjoint
            super().__init__(number for number, line in enumerate(only.split(b"\n"), 1) if not is_without(line.split()))


def _places(content: bytes, word: bytes) -> Iterator[int]:
    """Where a word is, whole."""
    place = content.find(word)
    while place >= 0:
        end = place + len(word)
        if content[end : end + 1].strip() == b"" and (not place or content[place - 1] in b" \n"):
            yield place
        place = content.find(word, end)


def _lines_of(content: bytes, places: list[int]) -> Iterator[int]:
    """The numbers of the lines of these places, each once."""
    number, known, before = 1, 0, 0
    for place in places:
        number += content.count(b"\n", before, place)
        before = place
        if number != known:
            yield number
        known = number


def sites_in(scope: Scope, body: Block, lines: Lines, rounds: Rounds) -> Iterator[Site]:
    """Every site of a body and of the bodies in it."""
    yield from _Walker(lines, rounds).block(body, scope, ())


class _Walker:
    def __init__(self, lines: Lines, rounds: Rounds) -> None:
        self._lines = lines
        self._rounds = rounds
        self._calls = 0

    def block(self, body: Block, scope: Scope, symbol: tuple[str, ...]) -> Iterator[Site]:
        for statement in body.statements:
            if not self._lines.any_in(_whole(statement)):
                continue
            try:
                yield from self._node(statement, scope, "", symbol)
            except RecursionError:
                if not is_shallow():
                    raise
                scope.too_deep.append(statement.span)

    def _node(self, node: Any, scope: Scope, holder: str, symbol: tuple[str, ...]) -> Iterator[Site]:
        match node:
            case Function() | Class():
                yield from self._definition(node, scope, holder, symbol)
            case Block():
                yield from self.block(node, scope, symbol)
            case Assign(targets=targets, value=value):
                if value is not None and self._lines.any_in(value.span):
                    yield from self._node(value, scope, _held_by(targets[0]) if targets else "", symbol)
            case Leave(how="return", value=value) if value is not None:
                yield from self._node(value, scope, holder or (symbol[-1] if symbol else ""), symbol)
            case Argument() | Sequence() | Entry():
                yield from self._part(node, scope, holder, symbol)
            case Comprehension():
                yield from self._comprehension(node, scope, holder, symbol)
            case Call():
                if self._lines.any_in(node.span):
                    yield Site(node, scope, holder, symbol)
                    yield from self._call(node, scope, (*symbol, holder) if holder else symbol)
            case _:
                yield from self._parts(node, scope, holder, symbol)

    def _part(self, node: Argument | Sequence | Entry, scope: Scope, holder: str, symbol: tuple[str, ...]) -> Iterator[Site]:
        """What is in an argument or list has no name of its own; in a record it has its key."""
        match node:
            case Argument(value=value):
                yield from self._node(value, scope, "", symbol)
            case Sequence(items=items):
                for item in items:
                    if self._lines.any_in(item.span):
                        yield from self._node(item, scope, "", symbol)
            case Entry(key=key, value=value):
                yield from self._node(value, scope, str(key.value) if isinstance(key, Constant) else holder, symbol)

    def _call(self, node: Call, scope: Scope, symbol: tuple[str, ...]) -> Iterator[Site]:
        """The parts of a call: what a chain of methods is called on, and what its arguments hold.

        A function without a name in an argument is known by what holds the call, not by its key.
        """
        yield from self._node(node.callee, scope, "", symbol)
        self._calls += 1
        for argument in node.arguments:
            if self._lines.any_in(argument.span):
                yield from self._node(argument, scope, "", symbol)
        self._calls -= 1

    def _parts(self, node: Any, scope: Scope, holder: str, symbol: tuple[str, ...]) -> Iterator[Site]:
        if isinstance(node, Opaque) and node.what == DEEP:
            scope.too_deep.append(node.span)
        for child in children(node):
            span = _whole(child)
            if span is None or self._lines.any_in(span):
                yield from self._node(child, scope, holder, symbol)

    def _definition(self, node: Function | Class, scope: Scope, holder: str, symbol: tuple[str, ...]) -> Iterator[Site]:
        name = node.name or holder
        if node.name or isinstance(node, Class) or node.decorators:
            yield Site(node, scope, name, symbol)
        for decorator in node.decorators:
            yield from self._node(decorator, scope, name, symbol)
        known = node.name or (holder if not self._calls else "")
        inner = (*symbol, known) if known else symbol
        if isinstance(node, Class):
            for base in node.bases:
                yield from self._node(base, scope, name, symbol)
        else:
            for parameter in node.parameters:
                if isinstance(parameter, Parameter) and parameter.default is not None:
                    yield from self._node(parameter.default, scope, "", symbol)
        if self._lines.any_in(node.span):
            yield from self.block(node.body, scope.inside(node), inner)

    def _comprehension(self, node: Comprehension, scope: Scope, holder: str, symbol: tuple[str, ...]) -> Iterator[Site]:
        for repeat in node.repeats:
            yield from self._node(repeat.source, scope, "", symbol)
        for inner in self._rounds(node, scope):
            yield from self._node(node.element, inner, holder, symbol)


def _whole(node: Any) -> Any:
    """The span of a node with its decorators; None for a part that has no place of its own."""
    span = getattr(node, "span", None)
    decorators = getattr(node, "decorators", ())
    return (decorators[0].span[0], 0, span[2], span[3]) if decorators and span else span


def _held_by(target: Any) -> str:
    match target:
        case Name(name=name) | Member(name=name):
            return name
        case _:
            return ""
