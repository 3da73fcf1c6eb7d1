"""Whether a file defines a symbol: Python by its syntax tree, other languages by a weaker rule, the rest unknown."""

from collections.abc import Callable

from shipcheck.facts.definitions import defines, definitions
from shipcheck.facts.languages import language_of
from shipcheck.facts.python_names import Names, python_names

Lookup = Callable[[str], bool | None]


def symbols_of(path: str, content: bytes) -> Lookup:
    """A function that answers whether the file defines a symbol: True, False, or None if it cannot be determined."""
    if path.endswith(".py"):
        return _python(content)
    language = language_of(path)
    text = _text(content) if language else None
    file = definitions(text, language) if language and text is not None else None
    if language is None or file is None:
        return _unknown
    return lambda symbol: defines(file, symbol, language)


def _unknown(_symbol: str) -> None:
    return None


def _python(content: bytes) -> Lookup:
    names = python_names(content)
    return _unknown if names is None else lambda symbol: _is_in(names, symbol)


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
