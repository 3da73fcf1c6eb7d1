"""The shape of an expression before names and types are looked at."""

from typing import NamedTuple


class Tree(NamedTuple):
    """One piece of syntax.

    `kind` is or, and, not, compare, in, all_in, like, is, matches, quantified, arithmetic, number, percent, duration, date, text,
    yes_no, today, param, path, name, list or aggregate; `word` holds its operator, name or literal; `parts` what it is made of.
    """

    kind: str
    word: str
    parts: tuple["Tree", ...]
    start: int
    end: int


class SelectorTree(NamedTuple):
    """Kinds or named selectors, and a narrowing condition."""

    names: tuple[Tree, ...]
    where: Tree | None
