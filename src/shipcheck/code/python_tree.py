"""Python in the form, read by tree-sitter: files that `ast` cannot parse, since they are broken or newer than this Python.

It gives the form that `ast` gives where both can read a file. Bodies are converted when they are first read.
"""

import codecs
import tokenize
from functools import cache
from io import BytesIO

import tree_sitter_python
from tree_sitter import Language, Parser

from shipcheck.code.bounded_parse import parse_by_beginnings
from shipcheck.code.form import Form
from shipcheck.code.python_parts import Scope
from shipcheck.code.python_tree_nodes import broken_spans
from shipcheck.code.python_tree_statements import block

_UTF_8 = frozenset({"utf-8", "utf-8-sig"})


def read_python_tree(path: str, content: bytes) -> Form:
    """Read a Python file, however broken. A body that is nested too deeply raises RecursionError when it is read."""
    root = parse_by_beginnings(Parser(_language()), _as_python_sees(content))
    return Form(path, "pypi", _dialect(), block(root, Scope.OTHER), broken_spans(root))


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())


def _dialect() -> str:
    return "tree-sitter-python {}.{}.{}".format(*(_language().semantic_version or (0, 0, 0)))


def _as_python_sees(content: bytes) -> bytes:
    """Give the text in UTF-8 with plain line breaks, as Python's own parser makes it before it counts columns."""
    content = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
        return content if encoding in _UTF_8 else content.decode(encoding).encode()
    except (SyntaxError, LookupError, ValueError):
        return content
