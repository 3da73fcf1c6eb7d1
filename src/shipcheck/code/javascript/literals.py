"""Strings, templates, numbers and other literals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import Constant, Expression, Opaque, Template
from shipcheck.code.javascript.node_reader import NO_WAY, ExpressionReader, Reader, broken, span_of

if TYPE_CHECKING:
    from tree_sitter import Node, Point

_QUOTES: Final = frozenset("\"'`")
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")
_OCTAL_DIGITS: Final = frozenset("01234567")
# How far behind `\\u{` its end is looked for.
_LONGEST_CODE: Final = 16
_UNKNOWN_CHARACTER: Final = "\ufffd"
# A backslash before the end of a line joins the lines.
_ESCAPES: Final = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "\n": "",
    "\r": "",
    "\u2028": "",
    "\u2029": "",
}


def unescaped(raw: str) -> str:
    """The value of the text between quotes. A lone surrogate, which no encoding can write, becomes U+FFFD."""
    if "\\" not in raw:
        return raw
    parts: list[str] = []
    at = 0
    while (slash := raw.find("\\", at)) >= 0:
        parts.append(raw[at:slash])
        character, at = _escape(raw, slash + 1)
        parts.append(character)
    parts.append(raw[at:])
    return _paired("".join(parts))


def number_value(text: str) -> int | float | None:
    """The value of a number; None where it is none, or longer than Python reads."""
    digits = text.replace("_", "").lower().removesuffix("n")
    try:
        if digits[:2] in ("0x", "0o", "0b"):
            return int(digits, 0)
        if not digits.isdigit():
            return float(digits)
        is_octal = len(digits) > 1 and digits[0] == "0" and _OCTAL_DIGITS.issuperset(digits)
        return int(digits, 8 if is_octal else 10)
    except ValueError:
        return None


def template(reader: Reader, node: "Node") -> Template:
    """A template as its texts and expressions, also where it is one text; a tag gets it so."""
    parts: list[Expression] = []
    at, place = node.start_byte + 1, _moved(node.start_point, 1)
    for child in node.named_children:
        if child.kind_id == reader.kinds.template_substitution:
            _add_text(reader, parts, (at, place), (child.start_byte, child.start_point))
            at, place = child.end_byte, child.end_point
            parts += [reader.expression(value) for value in reader.named(child)]
    _add_text(reader, parts, (at, place), (node.end_byte - 1, _moved(node.end_point, -1)))
    return Template(tuple(parts), span_of(node))


def string_text(reader: Reader, node: "Node") -> str | None:
    """The value of a string; None where it is not closed."""
    raw = reader.text(node)
    if len(raw) < 2 or raw[-1] != raw[0] or raw[0] not in _QUOTES:
        return None
    return unescaped(raw[1:-1])


def _string(reader: Reader, node: "Node") -> Expression:
    value = string_text(reader, node)
    return broken(span_of(node)) if value is None else Constant(value, span_of(node))


def _template(reader: Reader, node: "Node") -> Expression:
    whole = template(reader, node)
    if not whole.parts:
        return Constant("", whole.span)
    first = whole.parts[0]
    line, column, _, _ = whole.span
    is_text = len(whole.parts) == 1 and first.span[:2] == (line, column + 1)
    return Constant(first.value, whole.span) if is_text and isinstance(first, Constant) else whole


def _add_text(reader: Reader, parts: list[Expression], start: tuple[int, "Point"], end: tuple[int, "Point"]) -> None:
    """Add the text between two places to the parts of a template, if there is any."""
    if start[0] < end[0]:
        text = unescaped(reader.between(start[0], end[0]).replace("\r\n", "\n"))
        parts.append(Constant(text, (start[1][0] + 1, start[1][1], end[1][0] + 1, end[1][1])))


def _moved(point: "Point", columns: int) -> "Point":
    return type(point)(point.row, point.column + columns)


def _number(reader: Reader, node: "Node") -> Expression:
    value = number_value(reader.text(node))
    return Opaque("number", (), NO_WAY, span_of(node)) if value is None else Constant(value, span_of(node))


def _true(_reader: Reader, node: "Node") -> Expression:
    return Constant(value=True, span=span_of(node))


def _false(_reader: Reader, node: "Node") -> Expression:
    return Constant(value=False, span=span_of(node))


def _none(_reader: Reader, node: "Node") -> Expression:
    return Constant(None, span_of(node))


def _regex(_reader: Reader, node: "Node") -> Expression:
    return Opaque("regex", (), NO_WAY, span_of(node))


def _escape(raw: str, at: int) -> tuple[str, int]:
    """The character that an escape means, and where the text goes on; `at` is behind the backslash."""
    mark = raw[at : at + 1]
    if mark == "x":
        return _code(raw, mark, at + 1, at + 3)
    if mark == "u" and raw[at + 1 : at + 2] == "{":
        end = raw.find("}", at, at + _LONGEST_CODE)
        code, after = _code(raw, mark, at + 2, end)
        return (code, end + 1) if after == end else (mark, at + 1)
    if mark == "u":
        return _code(raw, mark, at + 1, at + 5)
    if mark in _OCTAL_DIGITS:
        return _octal(raw, at)
    return _ESCAPES.get(mark, mark), at + (2 if raw[at : at + 2] == "\r\n" else 1)


def _code(raw: str, mark: str, start: int, end: int) -> tuple[str, int]:
    """The character of hexadecimal digits; the mark itself where these are none."""
    digits = raw[start:end]
    if not digits or len(digits) < end - start or not _HEX_DIGITS.issuperset(digits):
        return mark, start
    code = int(digits, 16)
    return (chr(code) if code <= 0x10FFFF else _UNKNOWN_CHARACTER), end


def _octal(raw: str, at: int) -> tuple[str, int]:
    """A character of up to three octal digits, at most 0o377; the zero character is one."""
    end = at + 1
    while end < at + 3 and raw[end : end + 1] in _OCTAL_DIGITS and int(raw[at : end + 1], 8) <= 0o377:
        end += 1
    return chr(int(raw[at:end], 8)), end


def _paired(text: str) -> str:
    """Two escaped surrogates are one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


LITERALS: Final[Mapping[str, ExpressionReader]] = {
    "string": _string,
    "template_string": _template,
    "number": _number,
    "true": _true,
    "false": _false,
    "null": _none,
    "undefined": _none,
    "regex": _regex,
}
