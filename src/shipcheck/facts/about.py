"""The facts about a file that a manifest names, about a symbol in it, and about evidence."""

from collections.abc import Callable, Iterable
from typing import Any

from shipcheck.facts.code_owners import CodeOwners
from shipcheck.facts.content import CodeFile, code_file, content_by_path
from shipcheck.facts.symbols import Symbols
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import DOUBT, SPELLED, Graph
from shipcheck.model.fact import FactText

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

    Where a file is not found, `SPELLED` is the name of one that differs in case alone; where it is unknown whether a symbol
    is there, `DOUBT` is why. Both are for messages.
    """

    def __init__(self, tree: Tree, graph: Graph, owners: Tree) -> None:
        self._tree = tree
        self._owners = CodeOwners(owners, graph)
        self._file_exists: dict[str, bool | None] = {}
        self._teams: dict[str, int | None] = {}
        self._files: dict[str, CodeFile | None] = {}
        self._collectors: dict[str, Callable[[Values], object]] = {
            "found": lambda record: self._exists(record.get("file")),
            "symbol_found": self._symbol,
            "content": self._content,
            "code_owner": self._owner,
            "evidence_found": self._evidence,
        }

    def about(self, record: Values, facts: Iterable[str]) -> Values:
        """Those of these facts about a record or a component that are known."""
        known = {name: self._collectors[name](record) for name in facts}
        if known.get("found") is False and (spelled := self._tree.spelled(record["file"])):
            known[SPELLED] = spelled
        if known.get("symbol_found", True) is None and "symbol" in record and self._exists(record.get("file")):
            file = self._read(record["file"])
            known[DOUBT] = "the file cannot be read" if file is None else file.symbols.doubt(record["symbol"])
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
        file = self._read(path)
        return None if file is None else file.symbols.defines(record["symbol"])

    def _content(self, record: Values) -> FactText:
        path = record["file"]
        content = content_by_path(path)
        file = self._read(path) if content is None and self._exists(path) else None
        if file is not None:
            content = file.content(record.get("symbol", ""))
        return FactText(content or "unclear")

    def _read(self, path: str) -> CodeFile | None:
        if path not in self._files:
            content = self._tree.read(path)
            self._files[path] = None if content is None else code_file(path, content)
        return self._files[path]


def code_in(tree: Tree) -> Callable[[tuple[str, str]], bool | None]:
    """A function that answers whether a tree has a file and, unless it is empty, a symbol in it; None if that is unknown."""
    files: dict[str, Symbols | None] = {}

    def is_there(code: tuple[str, str]) -> bool | None:
        path, symbol = code
        exists = tree.holds(path)
        if not exists or not symbol:
            return exists
        if path not in files:
            content = tree.read(path)
            files[path] = None if content is None else Symbols(path, content)
        file = files[path]
        return None if file is None else file.may_keep(symbol)

    return is_there
