"""Whether code that the base named is still somewhere in the head, though nothing says where."""

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from shipcheck.facts.symbols import Symbols
from shipcheck.facts.tree import Tree

# Beyond this, whether code is left cannot be determined in reasonable time.
MOST_FILES = 200
MOST_BYTES = 8 * 1024 * 1024
_MOST_OF_IT = 0.5
# Shorter lines, such as brackets, are in every file.
_TELLING = 4


class CodeLeft:
    """Looks for code of the base in the files that the head has changed; what is in others was there before.

    Code is left where the head has its file, its symbol in a file of the same language, or most of its text. What cannot be
    determined is left.
    """

    def __init__(self, head: Tree, base: Tree, changed: Collection[str]) -> None:
        self._head = head
        self._base = base
        self._changed = sorted(path for path in changed if head.lists(path))
        self._contents: dict[str, bytes | None] = {}

    def __call__(self, code: tuple[str, str]) -> bool:
        """Whether a file or, unless it is empty, a symbol of it is left."""
        path, symbol = code
        if self._head.lists(path):
            return True
        suffix = PurePosixPath(path).suffix
        candidates = [other for other in self._changed if PurePosixPath(other).suffix == suffix]
        if len(candidates) > MOST_FILES:
            return True
        contents = {other: self._content(other) for other in candidates}
        if sum(len(content or b"") for content in contents.values()) > MOST_BYTES:
            return True
        lines = _telling_lines(self._base.read(path))
        return any(content is None or _has(other, content, symbol, lines) for other, content in contents.items())

    def _content(self, path: str) -> bytes | None:
        if path not in self._contents:
            self._contents[path] = self._head.read(path)
        return self._contents[path]


def _has(path: str, content: bytes, symbol: str, lines: Sequence[bytes]) -> bool:
    if symbol and Symbols(path, content).may_keep(symbol):
        return True
    own = set(_telling_lines(content))
    return bool(lines) and sum(line in own for line in lines) >= _MOST_OF_IT * len(lines)


def _telling_lines(content: bytes | None) -> list[bytes]:
    return [line for line in (line.strip() for line in (content or b"").splitlines()) if len(line) >= _TELLING]
