"""Whether a file defines a symbol, by its form; unknown where this cannot be determined, with the reason.

Only a name that the text does not have at all is not there, and only in a file that is read without a broken part. A name that
it has otherwise than as a definition, such as one that is imported, called or only declared, is unknown, and so is everything in
a language without a front end.
"""

import codecs
import io
import re
import tokenize
import unicodedata
from functools import cached_property
from pathlib import PurePosixPath

from shipcheck.facts.defined_names import Definitions, definitions_of

_ONLY_DECLARE = (".pyi", ".d.ts", ".d.mts", ".d.cts")
_UTF_8 = frozenset({"utf-8", "utf-8-sig"})
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{0{0,8}([0-9a-fA-F]{1,5})\}|x([0-9a-fA-F]{2}))")


class Symbols:
    """The symbols of one file, which is parsed when one is first asked for."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = path
        self._content = content.removeprefix(codecs.BOM_UTF8)

    def defines(self, symbol: str) -> bool | None:
        """Whether the file defines a symbol; None if that is unknown."""
        found = self._find(symbol)
        return None if found is False and self._mentions(symbol) else found

    def may_keep(self, symbol: str) -> bool:
        """Whether code that had this symbol may still have it in the file.

        Python has what it defines. In JavaScript an object may be made elsewhere and have the name as a member; in a language
        without a front end, any text that has the name may define it.
        """
        found = self._find(symbol)
        if found is None:
            return self._is_read or self._text is None or self._mentions(symbol)
        is_sure = is_python(self._path) or symbol.partition(".")[0] in self._imported
        return found or (not is_sure and self._mentions(symbol))

    def doubt(self, symbol: str) -> str:
        """Why it is unknown whether the file defines a symbol, with the line that this is about."""
        if self._find(symbol) is None:
            return self._definitions if isinstance(self._definitions, str) else "the file is nested too deeply"
        first, last = symbol.partition(".")[0], symbol.rpartition(".")[2]
        if first in self._imported:
            return f"line {self._imported[first]} imports {first}"
        return f"line {self._line(last)} has {last}, but not as a definition of {symbol}"

    def _find(self, symbol: str) -> bool | None:
        """Whether the definitions that were read have a symbol; None if they could not be read."""
        if isinstance(self._definitions, str):
            return None
        try:
            return self._definitions.has(symbol)
        except RecursionError:
            return None

    @cached_property
    def _is_read(self) -> bool:
        from shipcheck.code.repository import has_front_end  # noqa: PLC0415 - loaded only where a manifest names a symbol

        return has_front_end(self._path)

    @property
    def _imported(self) -> dict[str, int]:
        return {} if isinstance(self._definitions, str) else self._definitions.imported

    @cached_property
    def _definitions(self) -> Definitions | str:
        """What the file defines, or why that is unknown."""
        from shipcheck.code.repository import parse  # noqa: PLC0415 - as above

        if not self._is_read:
            return f"shipcheck does not read {PurePosixPath(self._path).suffix or 'such'} files; name the file alone"
        if self._path.endswith(_ONLY_DECLARE):
            return "such a file only declares what is defined elsewhere"
        if self._text is None:
            return "the file is not UTF-8"
        form = parse(self._path, self._content)
        if isinstance(form, str):
            return f"the file cannot be read ({form})"
        return f"line {form.broken[0][0]} cannot be parsed" if form.broken else definitions_of(form)

    def _mentions(self, symbol: str) -> bool:
        """Whether the text has every part of a symbol as a word."""
        return all(self._line(part) for part in symbol.split("."))

    def _line(self, word: str) -> int:
        """The first line that has a word, from 1; 0 if none does."""
        name = re.escape(unicodedata.normalize("NFKC", word.strip().lstrip("#")))
        found = re.search(rf"(?<!\w){name}(?!\w)", self._text or "") if name else None
        return self._text.count("\n", 0, found.start()) + 1 if found and self._text else 0

    @cached_property
    def _text(self) -> str | None:
        """The text, with the letters that escapes mean; None if it is not UTF-8."""
        if is_python(self._path) and not _is_utf_8(self._content):
            return None
        try:
            text = self._content.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "\0" in text:
            return None
        plain = text if is_python(self._path) or "\\" not in text else _ESCAPE.sub(_letter, text)
        return plain if plain.isascii() else unicodedata.normalize("NFKC", plain)


def is_python(path: str) -> bool:
    """Whether a file is read as Python."""
    return path.endswith(".py")


def _is_utf_8(content: bytes) -> bool:
    """Whether a file of Python says, or does not deny, that it is UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        return False
    return encoding in _UTF_8


def _letter(escape: re.Match[str]) -> str:
    return chr(int(next(digits for digits in escape.groups() if digits), 16))
