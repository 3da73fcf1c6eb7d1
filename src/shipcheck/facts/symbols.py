"""Whether a file defines a symbol: Python by its syntax tree, other languages by a weaker rule, the rest unknown."""

from collections.abc import Callable

from shipcheck.facts.definitions import defines, definitions
from shipcheck.facts.languages import language_of
from shipcheck.facts.python_file import PythonFile, python_file
from shipcheck.facts.python_names import Names

Lookup = Callable[[str], bool | None]


def symbols_of(path: str, content: bytes) -> Lookup:
    """A function that answers whether the file defines a symbol: True, False, or None if it cannot be determined."""
    return symbols_in(path, content, python_file(content) if is_python(path) else None)


def symbols_in(path: str, content: bytes, python: PythonFile | None) -> Lookup:
    """As `symbols_of`, of a file that has been parsed if it is Python; None if it could not be."""
    if is_python(path):
        return _unknown if python is None else lambda symbol: _is_in(python.names, symbol)
    language = language_of(path)
    text = _text(content) if language else None
    file = definitions(text, language) if language and text is not None else None
    if language is None or file is None:
        return _unknown
    return lambda symbol: defines(file, symbol, language)


def is_python(path: str) -> bool:
    """Whether a file is read as Python."""
    return path.endswith(".py")


def _unknown(_symbol: str) -> None:
    return None


def _is_in(names: Names, symbol: str) -> bool:
    inner: Names | None = names
    for part in symbol.split("."):
        inner = inner.get(part) if inner is not None else None
    return inner is not None


def _text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
