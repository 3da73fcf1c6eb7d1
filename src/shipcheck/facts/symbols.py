"""Whether a file defines a symbol: Python by its syntax tree, other languages by a weaker rule, the rest unknown."""

from collections.abc import Callable

from shipcheck.facts.definitions import defines, definitions
from shipcheck.facts.languages import language_of
from shipcheck.facts.python_names import Names, python_names

Lookup = Callable[[str], bool | None]


def symbols_of(path: str, content: bytes) -> Lookup:
    """What answers whether the file defines a symbol: yes, no, or None where the file is not understood."""
    if path.endswith(".py"):
        return _python(content)
    language = language_of(path)
    text = _text(content) if language else None
    found = definitions(text, language) if language and text is not None else None
    if language is None or found is None:
        return _unknown
    return lambda symbol: defines(found, symbol, language)


def _unknown(_symbol: str) -> None:
    return None


def _python(content: bytes) -> Lookup:
    names = python_names(content)
    return _unknown if names is None else lambda symbol: _is_in(names, symbol)


def _is_in(names: Names, symbol: str) -> bool:
    held: Names | None = names
    for part in symbol.split("."):
        held = held.get(part) if held is not None else None
    return held is not None


def _text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
