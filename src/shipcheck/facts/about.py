"""The facts about a file that a manifest names, about a symbol in it, and about evidence."""

from collections.abc import Callable, Iterable
from typing import Any

from shipcheck.facts.code_owners import CodeOwners
from shipcheck.facts.symbols import Lookup, symbols_of
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import SPELLED, Graph

Values = dict[str, Any]
_SCHEMES = frozenset({"http", "https", "git", "ssh", "sftp", "s3", "gs"})


def is_address(text: str) -> bool:
    """Whether a text is an address that others can open: one of the usual schemes and a host, without a blank."""
    scheme, separator, rest = text.partition("://")
    host = rest.partition("/")[0]
    plain = bool(host) and host[0].isalnum() and not any(map(str.isspace, rest))
    return bool(separator) and scheme in _SCHEMES and plain


class Facts:
    """The facts about what names a file, a symbol or evidence; each file is read once, CODEOWNERS from `owners`.

    Where a file is not found, `SPELLED` is the name of one that differs in case alone, for messages.
    """

    def __init__(self, tree: Tree, graph: Graph, owners: Tree) -> None:
        self._tree = tree
        self._owners = CodeOwners(owners, graph)
        self._file_exists: dict[str, bool | None] = {}
        self._teams: dict[str, int | None] = {}
        self._symbols: dict[str, Lookup] = {}
        self._collectors: dict[str, Callable[[Values], object]] = {
            "found": lambda record: self._exists(record.get("file")),
            "symbol_found": self._symbol,
            "code_owner": self._owner,
            "evidence_found": self._evidence,
        }

    def about(self, record: Values, facts: Iterable[str]) -> Values:
        """Those of these facts about a record or a component that are known."""
        known = {name: self._collectors[name](record) for name in facts}
        if known.get("found") is False and (spelled := self._tree.spelled(record["file"])):
            known[SPELLED] = spelled
        return {name: value for name, value in known.items() if value is not None}

    def _exists(self, path: str | None) -> bool | None:
        """Whether the repository has that file; None if it is unknown, or no file is named."""
        if path is None:
            return None
        if path not in self._file_exists:
            self._file_exists[path] = self._tree.holds(path)
        return self._file_exists[path]

    def _owner(self, record: Values) -> int | None:
        path = record.get("file")
        if path is None or not self._exists(path):
            return None
        if path not in self._teams:
            self._teams[path] = self._owners.team(path)
        return self._teams[path]

    def _evidence(self, record: Values) -> bool | None:
        """Whether evidence can be looked at: an address, or a file of the repository, perhaps with a fragment."""
        text = record.get("evidence")
        if text is None or is_address(text):
            return None if text is None else True
        found = self._exists(text)
        return self._exists(text.partition("#")[0]) if found is False and "#" in text else found

    def _symbol(self, record: Values) -> bool | None:
        path = record.get("file")
        if path is None or "symbol" not in record or not self._exists(path):
            return False if "symbol" in record and self._exists(path) is False else None
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
