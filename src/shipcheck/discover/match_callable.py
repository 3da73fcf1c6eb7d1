"""Which rules are about a callable, found by its first and last name."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from shipcheck.discover.rule import Callable
from shipcheck.discover.wildcards import Runs, runs_match, runs_of

Rule = TypeVar("Rule")
# Modules of the runtime may be imported with this scheme or without.
_NODE = "node:"
# The same callables are asked for again and again.
_MOST_ANSWERS = 100_000


class _Pattern(NamedTuple):
    """A callable with wildcards, ready to be matched, and the place of its rule in the order given."""

    package: Runs
    names: Runs
    order: int


# The ecosystem, and the first and the last name, each empty if it has a wildcard.
_Key: TypeAlias = tuple[str, str, str]


def matches(pattern: Callable, ecosystem: str, package: str, names: Sequence[str]) -> bool:
    """Whether a pattern matches the callable that is `names` of a package; for pypi the package is empty."""
    return (
        pattern.ecosystem == ecosystem
        and runs_match(runs_of(_folders(pattern.package)), _folders(package))
        and runs_match(runs_of(pattern.names), names)
    )


class CallableIndex(Generic[Rule]):
    """Rules by the callables that they are about: literal ones by all their names, others by their first and last name."""

    def __init__(self, pairs: Iterable[tuple[Callable, Rule]]) -> None:
        self._rules: list[Rule] = []
        self._orders: dict[int, int] = {}
        self._literal: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
        # Most patterns are never asked for, so that those of a key are made ready when it is.
        self._waiting: dict[_Key, list[tuple[str, tuple[str, ...], int]]] = {}
        self._patterns: dict[_Key, list[_Pattern]] = {}
        self._answers: dict[tuple[str, str, tuple[str, ...]], tuple[Rule, ...]] = {}
        for pattern, rule in pairs:
            self._add(pattern, rule)

    def _add(self, pattern: Callable, rule: Rule) -> None:
        order = self._orders.setdefault(id(rule), len(self._rules))
        if order == len(self._rules):
            self._rules.append(rule)
        ecosystem, package, names = pattern.ecosystem, _without_scheme(pattern.package), pattern.names
        if "*" not in package and "*" not in "".join(names):
            self._literal.setdefault((ecosystem, package, names), []).append(order)
            return
        first, last = _ends(package, names)
        key = ecosystem, "" if "*" in first else first, "" if "*" in last else last
        self._waiting.setdefault(key, []).append((package, names, order))

    def find(self, ecosystem: str, package: str, names: Sequence[str]) -> tuple[Rule, ...]:
        """The rules about `names` of a package, each once, in the order given; for pypi the package is empty."""
        asked = ecosystem, _without_scheme(package), tuple(names)
        known = self._answers.get(asked)
        if known is None:
            known = self._find(*asked)
            if len(self._answers) < _MOST_ANSWERS:
                self._answers[asked] = known
        return known

    def _find(self, ecosystem: str, package: str, names: tuple[str, ...]) -> tuple[Rule, ...]:
        if not names:
            return ()
        orders = set(self._literal.get((ecosystem, package, names), ()))
        first, last = _ends(package, names)
        folders = _folders(package)
        for key in ((first, last), (first, ""), ("", last), ("", "")):
            for each in self._ready((ecosystem, *key)):
                if runs_match(each.names, names) and runs_match(each.package, folders):
                    orders.add(each.order)
        return tuple(self._rules[order] for order in sorted(orders))

    def _ready(self, key: _Key) -> list[_Pattern]:
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            self._patterns[key] = [
                _Pattern(runs_of(_folders(package)), runs_of(names), order) for package, names, order in waiting
            ]
        return self._patterns.get(key, [])


def _ends(package: str, names: Sequence[str]) -> tuple[str, str]:
    """The first name of a callable, which is that of its package if it has one, and the last."""
    return package.partition("/")[0] or names[0], names[-1]


def _without_scheme(package: str) -> str:
    return package.removeprefix(_NODE)


def _folders(package: str) -> list[str]:
    return _without_scheme(package).split("/")
