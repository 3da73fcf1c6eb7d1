"""Facts written beside what manifests declare: the one step between linking and judging."""

from typing import Any

from shipcheck.facts.code_owners import CodeOwners
from shipcheck.facts.symbols import Lookup, symbols_of
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import Vocabulary

Values = dict[str, Any]


def collect(graph: Graph, vocabulary: Vocabulary, tree: Tree) -> None:
    """Write the facts into every record that has some, before anybody judges the graph; what is unknown is left out.

    A file is read once, and only where a record names it and a symbol in it.
    """
    facts = _Facts(tree, graph)
    for kind in vocabulary.kinds.values():
        names = [spec.name for spec in kind.fields.values() if spec.record and spec.record.collected]
        for node in graph.kinds.get(kind.name, ()) if names else ():
            values: Values = graph.values[node]
            for name in names:
                if name in values:
                    values[name] = tuple(record | facts.about(record) for record in values[name])


class _Facts:
    """What is found about a file and a symbol in it."""

    def __init__(self, tree: Tree, graph: Graph) -> None:
        self._tree = tree
        self._owners = CodeOwners(tree, graph)
        self._found: dict[str, bool | None] = {}
        self._teams: dict[str, int | None] = {}
        self._symbols: dict[str, Lookup] = {}

    def about(self, record: Values) -> Values:
        """The facts about one record that are known."""
        path = record["file"]
        if path not in self._found:
            self._found[path] = self._tree.holds(path)
            self._teams[path] = self._owners.team(path) if self._found[path] else None
        facts = {"found": self._found[path], "symbol_found": self._symbol(path, record), "code_owner": self._teams[path]}
        return {name: value for name, value in facts.items() if value is not None}

    def _symbol(self, path: str, record: Values) -> bool | None:
        if "symbol" not in record or not self._found[path]:
            return False if "symbol" in record and self._found[path] is False else None
        if path not in self._symbols:
            content = self._tree.read(path)
            self._symbols[path] = symbols_of(path, content) if content is not None else lambda _symbol: None
        return self._symbols[path](record["symbol"])
