"""Random expressions of the policy language, as small trees that are also written out as text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.support.random_worlds import (
    DATE,
    DURATION,
    KINDS,
    NAMES,
    NUMBER,
    PEOPLE,
    PERCENT,
    TEXT,
    TEXTS,
    TODAY,
    YES_NO,
    Kind,
    Many,
    Record,
    Type,
    Words,
)


@dataclass(frozen=True)
class Node:
    """One piece of an expression: what it is, what it is made of, and its type."""

    word: str
    parts: tuple["Node", ...]
    type: Type
    value: Any = None
    steps: tuple[str, ...] = ()


SELECTORS = {
    "risky": ("action", "sensitivity >= high and state != disabled"),
    "final": ("risky", "not reversible"),
    "staffed": ("gate", "decided_by == human and count(approvers) >= 1"),
    "ready": ("team", "active"),
}
SELECT = "select:\n" + "".join(f"  {name}: {base} where {where}\n" for name, (base, where) in SELECTORS.items())
SELECTOR_KINDS = {"risky": "action", "final": "action", "staffed": "gate", "ready": "team"}


def text_of(node: Node) -> str:
    """The expression as a policy writes it, with brackets around every part that has parts."""
    if node.word in _WRITERS:
        return _WRITERS[node.word](node)
    return f" {node.word} ".join(_bracketed(part) for part in node.parts)


def _path_text(node: Node) -> str:
    return ".".join((*((node.value,) if node.value else ()), *node.steps))


def _quantified_text(node: Node) -> str:
    return f"{node.word} {node.value} in {text_of(node.parts[0])} satisfies {_bracketed(node.parts[1])}"


def _count_text(node: Node) -> str:
    if node.value == "group":
        return f"count({text_of(node.parts[1])})"
    where = f" where {text_of(node.parts[1])}" if len(node.parts) == 2 else ""
    return f"count({text_of(node.parts[0])}{where})"


def _members_text(node: Node) -> str:
    return f"{node.word}({text_of(node.parts[0])})"


def _set_text(node: Node) -> str:
    return f"{_bracketed(node.parts[0])} is {node.word}"


def _bracketed(node: Node) -> str:
    simple = node.word in {"path", "literal", "list", "count", "members"}
    return text_of(node) if simple else f"({text_of(node)})"


def _literal_text(value: Any, kind: Type) -> str:
    if isinstance(kind, Kind) or kind == TEXT:
        return f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return f"{value.days}d"
    if kind == PERCENT:
        return f"{value * 100:g}%"
    if value == TODAY:
        return "today"
    return value.isoformat() if isinstance(value, date) else str(value)


_WRITERS: dict[str, Callable[[Node], str]] = {
    "path": _path_text,
    "literal": lambda node: _literal_text(node.value, node.type),
    **dict.fromkeys(("some", "every", "no"), _quantified_text),
    "count": _count_text,
    "members": lambda _node: "count()",
    **dict.fromkeys(("share", "sum", "avg", "min", "max", "unique"), _members_text),
    "not": lambda node: f"not {_bracketed(node.parts[0])}",
    **dict.fromkeys(("set", "missing"), _set_text),
    "is": lambda node: f"{_bracketed(node.parts[0])} is {node.value}",
    "list": lambda node: f"[{', '.join(text_of(part) for part in node.parts)}]",
}
Scope = Mapping[str, Type]


class Author:
    """Writes random expressions of a wanted type over the names of a scope."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._bound = 0

    def condition(self, scope: Scope, implicit: str, depth: int = 3) -> Node:
        """An expression that is yes, no or unknown."""
        choose = self._random.random()
        if depth <= 0 or choose < 0.15:
            return self._simple(scope, implicit)
        if choose < 0.45:
            word = self._random.choice(("and", "or"))
            parts = tuple(self.condition(scope, implicit, depth - 1) for _ in range(self._random.choice((2, 2, 3))))
            return Node(word, parts, YES_NO)
        if choose < 0.55:
            return Node("not", (self.condition(scope, implicit, depth - 1),), YES_NO)
        if choose < 0.75:
            return self._quantified(scope, implicit, depth)
        return self._comparison(scope, implicit, depth)

    def _simple(self, scope: Scope, implicit: str) -> Node:
        found = self._path(scope, implicit, lambda kind: kind == YES_NO)
        return found or Node("literal", (), YES_NO, self._random.random() < 0.5)

    def _quantified(self, scope: Scope, implicit: str, depth: int) -> Node:
        items = self._path(scope, implicit, lambda kind: isinstance(kind, Many) and not isinstance(kind.item, Record))
        if items is None or self._bound >= 3:
            return self._comparison(scope, implicit, depth)
        self._bound += 1
        name = f"q{self._bound}"
        assert isinstance(items.type, Many)
        inner = self.condition({**scope, name: items.type.item}, implicit, depth - 1)
        self._bound -= 1
        return Node(self._random.choice(("some", "every", "no")), (items, inner), YES_NO, name)

    def _comparison(self, scope: Scope, implicit: str, depth: int) -> Node:
        makers = (
            self._given,
            self._matches,
            self._matches,
            self._matches,
            self._member,
            self._subset,
            self._compared,
            self._compared,
            self._compared,
        )
        for _ in range(6):
            made = self._random.choice(makers)(scope, implicit, depth)
            if made is not None:
                return made
        return self._simple(scope, implicit)

    def _given(self, scope: Scope, implicit: str, _depth: int) -> Node | None:
        path = self._path(scope, implicit, lambda _kind: True, through_lists=False)
        return Node(self._random.choice(("set", "missing")), (path,), YES_NO) if path and path.steps else None

    def _matches(self, scope: Scope, implicit: str, _depth: int) -> Node | None:
        name = self._random.choice((*SELECTORS, *KINDS))
        kind = SELECTOR_KINDS.get(name, name)
        path = self._path(scope, implicit, lambda found: isinstance(found, Kind) and kind in found.names)
        return Node("is", (path,), YES_NO, name) if path else None

    def _member(self, scope: Scope, implicit: str, depth: int) -> Node | None:
        right = self._path(scope, implicit, lambda kind: isinstance(kind, Many) and not isinstance(kind.item, Record))
        if right is None or self._random.random() < 0.3:
            left = self._path(scope, implicit, lambda kind: isinstance(kind, Words | Kind) or kind in {TEXT, NUMBER})
            if left is None:
                return None
            literals = tuple(self._literal(left.type) for _ in range(self._random.randint(1, 3)))
            return Node("in", (left, Node("list", literals, Many(left.type))), YES_NO)
        assert isinstance(right.type, Many)
        left = self.value(right.type.item, scope, implicit, depth - 1)
        return Node(self._random.choice(("in", "not in")), (left, right), YES_NO) if left else None

    def _subset(self, scope: Scope, implicit: str, _depth: int) -> Node | None:
        left = self._path(scope, implicit, lambda kind: isinstance(kind, Many) and not isinstance(kind.item, Record))
        if left is None:
            return None
        item = left.type.item if isinstance(left.type, Many) else left.type
        right = self._path(scope, implicit, lambda kind: isinstance(kind, Many) and _alike(kind.item, item))
        if isinstance(item, Words) and (right is None or self._random.random() < 0.4):
            literals = Node("list", tuple(self._literal(item) for _ in range(2)), Many(item))
            pair = (literals, left) if self._random.random() < 0.5 else (left, literals)
            return Node("all in", pair, YES_NO)
        return Node("all in", (left, right), YES_NO) if right else None

    def _compared(self, scope: Scope, implicit: str, depth: int) -> Node | None:
        left = self._path(scope, implicit, lambda kind: not isinstance(kind, Many | Record))
        kind: Type = left.type if left and self._random.random() < 0.6 else NUMBER
        if kind in {NUMBER, DATE}:
            left = self.value(kind, scope, implicit, depth - 1)
        right = self.value(kind, scope, implicit, depth - 1)
        if left is None or right is None:
            return None
        ordered = kind in {NUMBER, DATE, DURATION, PERCENT} or (isinstance(kind, Words) and kind.ordered)
        word = self._random.choice(("==", "!=", *(("<", "<=", ">", ">=") if ordered else ())))
        literal = left.word == "literal" and right.word == "literal"
        return None if literal and isinstance(kind, Words | Kind) else Node(word, (left, right), YES_NO)

    def value(self, kind: Type, scope: Scope, implicit: str, depth: int) -> Node | None:
        """An expression of a type that has values."""
        choose = self._random.random()
        if kind == NUMBER and choose < 0.3 and depth > 0:
            return self._count(scope, implicit, depth)
        if kind == NUMBER and choose < 0.55 and depth > 0:
            parts = tuple(self.value(NUMBER, scope, implicit, depth - 1) for _ in range(2))
            left, right = parts
            return Node(self._random.choice("+-*/"), (left, right), NUMBER) if left and right else None
        if kind == DATE and choose < 0.3:
            base = self._path(scope, implicit, lambda found: found == DATE) or self._literal(DATE)
            return Node(self._random.choice("+-"), (base, self._literal(DURATION)), DATE)
        if kind == DURATION:
            return Node("-", (self._literal(DATE), self._literal(DATE)), DURATION)
        path = self._path(scope, implicit, lambda found: _alike(found, kind))
        return path if path and choose < 0.8 else self._literal(kind)

    def _count(self, scope: Scope, implicit: str, depth: int) -> Node | None:
        items = self._path(scope, implicit, lambda kind: isinstance(kind, Many) and not isinstance(kind.item, Record))
        if items is None or not isinstance(items.type, Many):
            return None
        if self._bound >= 3 or not isinstance(items.type.item, Kind) or self._random.random() < 0.4:
            return Node("count", (items,), NUMBER)
        self._bound += 1
        condition = self.condition({**scope, "item": items.type.item}, "item", depth - 1)
        self._bound -= 1
        return Node("count", (items, condition), NUMBER)

    def _literal(self, kind: Type) -> Node:
        value: Any = None
        if isinstance(kind, Words):
            value = self._random.choice(kind.words)
        elif isinstance(kind, Kind):
            name = self._random.choice(kind.names)
            value = f"{name}:{self._random.choice(NAMES[name])}"
        elif kind == TEXT:
            value = self._random.choice((*TEXTS, *PEOPLE))
        elif kind == NUMBER:
            value = self._random.randint(0, 6)
        elif kind == PERCENT:
            value = self._random.choice((0.0, 0.25, 0.4, 0.5, 1.0))
        elif kind == YES_NO:
            value = self._random.random() < 0.5
        elif kind == DURATION:
            value = timedelta(days=self._random.choice((0, 1, 14, 90, 365)))
        else:
            value = self._random.choice((TODAY, TODAY, date(2026, 1, 1), date(2027, 12, 31)))
        return Node("literal", (), kind, value)

    def _path(self, scope: Scope, implicit: str, wanted: Callable[[Type], bool], *, through_lists: bool = True) -> Node | None:
        """A random walk over fields that ends in a type that is wanted; None where some tries find none."""
        for _ in range(12):
            start = self._random.choice(sorted(scope))
            current = scope[start]
            steps: list[str] = []
            while not (wanted(current) and (steps or start != implicit) and self._random.random() < 0.6):
                onward = self._onward(current, through_lists=through_lists)
                if not onward or len(steps) >= 4:
                    break
                name, current = self._random.choice(onward)
                steps.append(name)
            if wanted(current) and (steps or start != implicit):
                bare = start == implicit and steps and steps[0] not in scope and self._random.random() < 0.5
                return Node("path", (), current, "" if bare else start, tuple(steps))
        return None

    def _onward(self, current: Type, *, through_lists: bool) -> list[tuple[str, Type]]:
        if isinstance(current, Many):
            if not through_lists:
                return []
            inner = self._onward(current.item, through_lists=True)
            return [(name, kind if isinstance(kind, Many) else Many(kind)) for name, kind in inner]
        if isinstance(current, Record):
            return list(current.fields)
        if isinstance(current, Kind):
            shared = set.intersection(*(set(KINDS[kind]) for kind in current.names))
            first = KINDS[current.names[0]]
            return [
                (name, first[name].type)
                for name in sorted(shared)
                if all(KINDS[kind][name].type == first[name].type for kind in current.names)
            ]
        return []

    def group_condition(self, kind: str, depth: int = 2) -> Node:
        """A condition over the members of a group."""
        choose = self._random.random()
        if depth > 0 and choose < 0.4:
            word = self._random.choice(("and", "or"))
            return Node(word, (self.group_condition(kind, depth - 1), self.group_condition(kind, depth - 1)), YES_NO)
        if choose < 0.5:
            return Node("not", (self.group_condition(kind, depth - 1),), YES_NO)
        scope: Scope = {"it": Kind((kind,))}
        if choose < 0.65:
            value = self._path(scope, "it", lambda found: not isinstance(found, Many | Record))
            if value is not None:
                return Node("unique", (value,), YES_NO)
        if choose < 0.8:
            condition = self.condition(scope, "it", 1)
            word = self._random.choice(("<", "<=", ">", ">=", "==", "!="))
            return Node(word, (Node("share", (condition,), PERCENT), self._literal(PERCENT)), YES_NO)
        return Node(
            self._random.choice(("<", "<=", ">", ">=", "==", "!=")),
            (self._group_number(scope), self._group_number(scope)),
            YES_NO,
        )

    def _group_number(self, scope: Scope) -> Node:
        choose = self._random.random()
        if choose < 0.25:
            return Node("members", (), NUMBER)
        if choose < 0.45:
            condition = self.condition(scope, "it", 1)
            return Node("count", (Node("members", (), NUMBER), condition), NUMBER, "group")
        if choose < 0.6:
            return self._literal(NUMBER)
        value = self._path(scope, "it", lambda found: found == NUMBER) or Node("literal", (), NUMBER, 2)
        return Node(self._random.choice(("sum", "avg", "min", "max")), (value,), NUMBER)


def _alike(left: Type, right: Type) -> bool:
    if isinstance(left, Kind) and isinstance(right, Kind):
        return bool(set(left.names) & set(right.names))
    return left == right
