"""The facts about a file that a manifest names, and about a symbol in it."""

from collections.abc import Callable
from typing import Any

from shipcheck.facts.code_owners import CodeOwners
from shipcheck.facts.symbols import Lookup, symbols_of
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph

Values = dict[str, Any]


class Facts:
    """The facts about records that name a file and perhaps a symbol; each file is read once, CODEOWNERS from `owners`."""

    def __init__(self, tree: Tree, graph: Graph, owners: Tree) -> None:
        self._tree = tree
        self._owners = CodeOwners(owners, graph)
        self._file_exists: dict[str, bool | None] = {}
        self._teams: dict[str, int | None] = {}
        self._symbols: dict[str, Lookup] = {}

    def about(self, record: Values) -> Values:
        """The known facts about one record."""
        path = record["file"]
        if path not in self._file_exists:
            self._file_exists[path] = self._tree.holds(path)
            self._teams[path] = self._owners.team(path) if self._file_exists[path] else None
        facts = {"found": self._file_exists[path], "symbol_found": self._symbol(path, record), "code_owner": self._teams[path]}
        return {name: value for name, value in facts.items() if value is not None}

    def _symbol(self, path: str, record: Values) -> bool | None:
        if "symbol" not in record or not self._file_exists[path]:
            return False if "symbol" in record and self._file_exists[path] is False else None
        if path not in self._symbols:
            content = self._tree.read(path)
            self._symbols[path] = symbols_of(path, content) if content is not None else lambda _symbol: None
        return self._symbols[path](record["symbol"])


def code_in(tree: Tree) -> Callable[[tuple[str, str]], bool | None]:
    """A function that answers whether a tree has a file and, unless it is empty, a symbol in it; None if that is unknown."""
    symbols: dict[str, Lookup] = {}

    def is_there(code: tuple[str, str]) -> bool | None:
        path, symbol = code
        exists = tree.holds(path)
        if not exists or not symbol:
            return exists
        if path not in symbols:
            content = tree.read(path)
            symbols[path] = symbols_of(path, content) if content is not None else lambda _symbol: None
        return symbols[path](symbol)

    return is_there
