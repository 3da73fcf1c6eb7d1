"""The facts about a file that a manifest names, and about a symbol in it."""

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
