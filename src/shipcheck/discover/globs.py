"""Patterns of paths: `*` stays in one name, `**` is any number of folders. An index finds the patterns of a path by its name."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from shipcheck.discover.wildcards import MOST_DEEP, Runs, is_literal, runs_match, runs_of

_LONGEST = 200
_OTHER_MARKS = frozenset("?[]{}!\\")
Rule = TypeVar("Rule")


def glob_problem(pattern: str) -> str:
    """Why a text is not a pattern of paths; empty if it is one."""
    parts = pattern.split("/")
    wrong = next((mark for mark in pattern if mark in _OTHER_MARKS), "")
    if wrong:
        return f"a pattern has only the wildcards * and **, not '{wrong}'"
    if any(part in {"", ".", ".."} for part in parts):
        return "a pattern is a path from the root of the repository, without '.', '..' and empty names"
    if any("**" in part and part != "**" for part in parts):
        return "'**' is a name of its own; write '**/' before a name, and '*' within one"
    if parts.count("**") > MOST_DEEP:
        return f"a pattern has at most {MOST_DEEP} '**'"
    if parts[-1] == "**":
        return "a pattern ends with the name of a file"
    return f"a pattern has at most {_LONGEST} characters" if len(pattern) > _LONGEST else ""


class GlobIndex(Generic[Rule]):
    """Rules by the patterns of paths that they are about."""

    def __init__(self, pairs: Iterable[tuple[str, Rule]]) -> None:
        self._by_name: dict[str, list[tuple[Runs, int]]] = {}
        self._by_end: dict[str, list[tuple[Runs, int]]] = {}
        self._rules: list[Rule] = []
        for pattern, rule in pairs:
            names = pattern.split("/")
            entry = runs_of(names), len(self._rules)
            self._rules.append(rule)
            if is_literal(names[-1:]):
                self._by_name.setdefault(names[-1], []).append(entry)
            else:
                self._by_end.setdefault(_end(names[-1]), []).append(entry)

    def find(self, path: str) -> tuple[Rule, ...]:
        """The rules about a path, each once, in the order given."""
        name = path.rpartition("/")[2]
        candidates = (*self._by_name.get(name, ()), *self._by_end.get(_end(name), ()), *self._by_end.get("", ()))
        if not candidates:
            return ()
        names = path.split("/")
        orders = sorted({order for runs, order in candidates if runs_match(runs, names)})
        return tuple({id(self._rules[order]): self._rules[order] for order in orders}.values())


def _end(name: str) -> str:
    """What follows the last dot of a name; empty if that can be anything."""
    end = name.rpartition(".")[2] if "." in name else ""
    return "" if "*" in end else end
