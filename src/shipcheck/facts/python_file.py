"""A Python file, parsed once: the names that it defines, and whether what is under them does anything."""

import ast
import io
import tokenize
import warnings
from typing import NamedTuple

from shipcheck.facts.python_content import Held, contents
from shipcheck.facts.python_names import Names, defined_names

# A syntax tree takes up to a thousand times the memory of its source: a quarter of a mebibyte of the densest code takes 250 MB.
MAX_BYTES = 256 * 1024
_UNKNOWN = Held(None, {})


class PythonFile(NamedTuple):
    """The names defined at the top, each with those defined inside it; and the content of the module and of its names."""

    names: Names
    contents: Held


def python_file(content: bytes) -> PythonFile | None:
    """What a Python file defines; None if it is not UTF-8, not Python, or too large."""
    tree = _parsed(content) if len(content) <= MAX_BYTES else None
    return None if tree is None else PythonFile(defined_names(tree), _contents(tree))


def _contents(tree: ast.Module) -> Held:
    try:
        return contents(tree)
    except RecursionError:
        return _UNKNOWN


def _parsed(content: bytes) -> ast.Module | None:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if encoding not in {"utf-8", "utf-8-sig"}:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(content.decode(encoding))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
