"""Literals of Python in the form, from nodes of tree-sitter: numbers, and strings with their escapes and fields."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from tree_sitter import Node

from shipcheck.code.form import Constant, Expression, Opaque, Template
from shipcheck.code.python_parts import NO_LEAVES, formatted, joined, text_of
from shipcheck.code.python_tree_nodes import has_sign, parts, span_of, text

_Convert = Callable[[Node], Expression]
_ESCAPE = re.compile(r"\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}]*\}|.)", re.DOTALL)
_ESCAPE_IN_BYTES = re.compile(r"\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_LETTERS = {"\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_OCTAL = "01234567"
_QUOTES = "'\"`"
_FIELDS = frozenset({"interpolation", "format_expression"})
_LAST_BYTE = 255
_LAST_CHARACTER = 0x10FFFF


def number(node: Node) -> Expression:
    """Convert a number; one that this Python does not read is opaque."""
    written = text(node).replace("_", "").lower()
    span = span_of(node)
    try:
        if written.endswith("j"):
            return Constant(complex(written), span)
        if node.type == "float":
            return Constant(float(written), span)
        return Constant(int(written.removesuffix("l"), 0), span)
    except ValueError:
        return Opaque("number", (), NO_LEAVES, span)


def string(node: Node, convert: _Convert) -> Expression:
    """Convert one string."""
    return _joined([node], node, convert)


def strings(node: Node, convert: _Convert) -> Expression:
    """Convert strings that follow each other, which are one."""
    return _joined([part for part in parts(node) if part.type == "string"], node, convert)


def _joined(nodes: list[Node], whole: Node, convert: _Convert) -> Expression:
    """Join strings; one among them with bytes makes all of them bytes."""
    span = span_of(whole)
    found: list[Expression] = []
    raw = bytearray()
    prefixes = {letter for node in nodes for letter in _prefix(node)}
    for node in nodes:
        if "b" in prefixes:
            raw += _bytes_of(node)
        else:
            found.extend(_parts(node, convert))
    if "b" in prefixes:
        return Constant(bytes(raw), span)
    return Template(joined(found), span) if "t" in prefixes else text_of(found, span)


def _prefix(node: Node) -> str:
    return _start(node).rstrip(_QUOTES).lower()


def _start(node: Node) -> str:
    first = node.child(0) if node.child_count else None
    return text(first) if first is not None and first.type == "string_start" else ""


def _inside(node: Node) -> tuple[int, int]:
    """Say where the content of a string begins and ends in its own text, since a raw string's end may hold some of it."""
    start = _start(node)
    length = node.end_byte - node.start_byte
    ends = any(child.type == "string_end" and not child.is_missing for child in node.children)
    return len(start), max(len(start), length - (len(start) - len(start.rstrip(_QUOTES)) if ends else 0))


def _bytes_of(node: Node) -> bytes:
    first, last = _inside(node)
    content = (node.text or b"")[first:last].decode("latin-1")
    decoded = content if "r" in _prefix(node) else _ESCAPE_IN_BYTES.sub(_byte, content)
    return decoded.encode("latin-1", errors="replace")


def _byte(found: re.Match[str]) -> str:
    """Give what an escape in bytes means."""
    return chr(ord(_plain(found)) & _LAST_BYTE) if found[1][0] in _OCTAL else _plain(found)


def _parts(node: Node, convert: _Convert) -> list[Expression]:
    """Convert the texts and fields of one string."""
    prefix = _prefix(node)
    is_raw, has_fields = "r" in prefix, "f" in prefix or "t" in prefix

    def decode(content: str) -> str:
        return _decoded(content.replace("{{", "{").replace("}}", "}") if has_fields else content, is_raw=is_raw)

    return _split(node, _inside(node), decode, partial(_field, convert=convert, is_raw=is_raw))


def _split(
    node: Node, inside: tuple[int, int], decode: Callable[[str], str], convert: Callable[[Node], list[Expression]]
) -> list[Expression]:
    """Convert the fields in a node, and the texts between them, in a part of its own text."""
    written, start, span = node.text or b"", node.start_byte, span_of(node)
    found: list[Expression] = []
    position, end = inside
    for child in [part for part in parts(node) if part.type in _FIELDS]:
        found.append(Constant(decode(written[position : child.start_byte - start].decode(errors="replace")), span))
        found.extend(convert(child))
        position = child.end_byte - start
    found.append(Constant(decode(written[position:end].decode(errors="replace")), span))
    return found


def _decoded(content: str, *, is_raw: bool) -> str:
    return content if is_raw or "\\" not in content else _ESCAPE.sub(_character, content)


def _character(found: re.Match[str]) -> str:
    """Give what an escape means; what is not an escape stays as it is."""
    kind, digits = found[1][0], found[1][1:]
    if kind in "uU" and digits:
        return chr(int(digits, 16)) if int(digits, 16) <= _LAST_CHARACTER else found[0]
    if kind == "N" and digits:
        try:
            return unicodedata.lookup(digits[1:-1])
        except KeyError:
            return found[0]
    return _plain(found)


def _plain(found: re.Match[str]) -> str:
    """Give what an escape means that is the same in texts and bytes."""
    kind, digits = found[1][0], found[1][1:]
    if kind in _OCTAL:
        return chr(int(found[1], 8))
    if kind == "x" and digits:
        return chr(int(digits, 16))
    return _LETTERS.get(kind, found[0])


def _field(node: Node, convert: _Convert, *, is_raw: bool) -> list[Expression]:
    """Convert one field of a text; with `=`, its own text comes before its value."""
    shown = node.child_by_field_name("expression")
    if shown is None:
        return []
    if shown.type == "named_expression":
        return [_with_format_of_equals(node, shown, convert, is_raw=is_raw)]
    conversion = text(node.child_by_field_name("type_conversion")).removeprefix("!")
    specification = _specification(node.child_by_field_name("format_specifier"), convert, is_raw=is_raw)
    if not has_sign(node, "="):
        return [formatted(convert(shown), conversion, specification)]
    conversion = conversion or ("r" if specification is None else "")
    return [Constant(_before_value(node), span_of(shown)), formatted(convert(shown), conversion, specification)]


def _with_format_of_equals(node: Node, shown: Node, convert: _Convert, *, is_raw: bool) -> Expression:
    """Convert a field such as `{x:=10}`, which the grammar takes for a name bound by `:=`: its format is `=10`."""
    name = parts(shown)[0]
    written = (node.text or b"")[name.end_byte - node.start_byte : -1].decode(errors="replace")
    format_of_it = _decoded(written.partition(":")[2], is_raw=is_raw)
    return formatted(convert(name), "", Constant(format_of_it, span_of(node)))


def _before_value(node: Node) -> str:
    """Give the text of a field with `=`, up to its conversion, format or end."""
    written = node.text or b""
    behind = [child for child in node.children if child.type in {"type_conversion", "format_specifier", "}"}]
    end = (behind[0].start_byte if behind else node.end_byte) - node.start_byte
    return written[1:end].decode(errors="replace")


def _specification(node: Node | None, convert: _Convert, *, is_raw: bool) -> Expression | None:
    """Convert a format, which is a text with fields."""
    if node is None:
        return None
    decode = partial(_decoded, is_raw=is_raw)
    inside = (1, node.end_byte - node.start_byte)
    return text_of(_split(node, inside, decode, partial(_field, convert=convert, is_raw=is_raw)), span_of(node))
