"""Syntax errors in words that say what is wrong at the place and what to write.

libyaml says which token it expected where reading stopped. People need to know what they wrote, which is often on the line above,
so the characters at both of libyaml's places decide what is said. Its own words are never shown.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import yaml

from shipcheck.model.document import File
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.read.spots import Spot, plain_value, quote_it, shown, uncommented, up_to

_LINE_BREAK = re.compile("\r\n|\r|\n")
_LONGEST_KEY = 1024
_CLOSING = {"[": "]", "{": "}"}
_DIGITS = {"x": 2, "u": 4, "U": 8}
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
UNREADABLE = "invalid YAML: the file has a character that YAML does not allow; save it as plain UTF-8 text"
TEMPLATE = "'{{' starts a template, which is not filled in; write the value itself, or quote it as text"


class Explained(NamedTuple):
    """What is wrong, where, and what to write; `opened` is the bracket involved, if it is elsewhere."""

    spot: Spot
    message: str
    opened: Spot | None = None


class _Stop(NamedTuple):
    """Where reading stopped, where the value or collection began, and whether the file ends there."""

    spot: Spot
    start: Spot
    at_end: bool


def syntax_problem(file: File, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The problem of a file that libyaml refuses, at a line that the file has."""
    spot, message, opened = _explained(text, error)
    related = ((_place(file, opened), f"'{opened.after[:1]}' is here"),) if opened else ()
    return Problem(_place(file, spot), "yaml-syntax", f"invalid YAML: {message}", related)


def _place(file: File, spot: Spot) -> Location:
    return Location(file.origin, file.path, spot.line + 1, spot.column + 1, spot.line + 1, spot.column + 2)


def _explained(text: str, error: yaml.MarkedYAMLError) -> Explained:
    lines = _LINE_BREAK.split(text)
    last = len(lines) - 1
    while last and not lines[last].strip():
        last -= 1
    mark = error.problem_mark or error.context_mark
    at_end = mark is None or mark.line > last or (mark.line == last and mark.column >= len(lines[last]))
    stop = _Stop(_spot(lines, last, mark), _spot(lines, last, error.context_mark or mark), at_end)
    explainer = _BY_PROBLEM.get(str(error.problem)) or _BY_CONTEXT.get(str(error.context)) or _unexplained
    return explainer(stop)


def _spot(lines: Sequence[str], last: int, mark: yaml.Mark | None) -> Spot:
    if mark is None:
        return Spot(lines, 0, 0)
    return Spot(lines, mark.line, mark.column) if mark.line <= last else Spot(lines, last, len(lines[last]))


def _unexplained(stop: _Stop) -> Explained:
    return Explained(stop.spot, "YAML cannot be read from here on; check the quotes, brackets and indentation before this place")


def _cannot_start(stop: _Stop) -> Explained:
    sign = stop.spot.after[:1]
    if sign == "\t":
        if stop.spot.before.strip():
            return Explained(stop.spot, "a tab is not allowed here; write a space")
        return Explained(stop.spot, "a tab indents this line; indent with spaces")
    if sign == "%" and stop.spot.before.endswith("{"):
        return Explained(stop.spot, "'{%' starts a template, which is not filled in; write the value itself, or quote it as text")
    return Explained(stop.spot, f"a plain value cannot start with '{sign}'; {quote_it(plain_value(stop.spot))}")


def _cannot_begin(stop: _Stop) -> Explained:
    """A sign that begins an alias, an anchor or a tag, but is not followed by a name."""
    return _cannot_start(stop._replace(spot=stop.start))


def _second_colon(stop: _Stop) -> Explained:
    key, colon, _ = stop.spot.before.partition(": ")
    return _colon_in_value(stop.spot, len(key) + 2) if colon and key.strip() else _no_key_here(stop.spot)


def _colon_in_value(spot: Spot, start: int, ends: str = "") -> Explained:
    """A colon in a plain value that starts at that column or after blanks, and ends before any of `ends`."""
    value = up_to(ends, uncommented(spot.text[start:]))
    if value.startswith(('"', "'")):
        return Explained(spot, "text follows the closing quote; put all of the value into one pair of quotes")
    colon = "contain ': '" if spot.after[1:].strip() else "end with ':'"
    return Explained(spot, f"a plain value cannot {colon}; {quote_it(value)}")


def _no_key_here(spot: Spot) -> Explained:
    """A key where the line above leaves no room for one."""
    above = spot.above()
    mistake = _mistaken_line(above) if above else None
    if mistake:
        return mistake
    if above and spot.indent > above.indent and ":" in above.text:
        return Explained(spot, "this line is indented under a line that already has a value; align the two lines")
    if above and ":" not in above.text:
        return Explained(above, f"missing ':' after {shown(above.text)}; write it, and then the value")
    if not spot.before.strip():
        return Explained(spot, "missing key before ':'; write a name")
    return Explained(spot, "a key is not possible here; check the indentation of this line and of the line above")


def _mistaken_line(spot: Spot) -> Explained | None:
    """The common mistakes by which a line is not what it looks like."""
    text = spot.text.strip()
    if text.startswith(("//", "/*")):
        return Explained(spot, "a comment starts with '#'; write '#' instead")
    if text.startswith("-") and text[1:2] not in {"", " ", "-"}:
        return Explained(spot, f"missing space after '-'; write {shown('- ' + text[1:])}")
    colon = next((at for at, sign in enumerate(text[:-1]) if sign == ":" and text[at + 1] not in " \t/"), 0)
    if colon and text[:colon].strip("\"'").replace("_", "").replace("-", "").isalnum():
        written = f"{text[:colon]}: {uncommented(text[colon + 1 :])}"
        return Explained(spot.at(spot.column + colon), f"missing space after ':'; write {shown(written)}")
    return None


def _no_colon(stop: _Stop) -> Explained:
    mistake = _mistaken_line(stop.start.at(len(stop.start.text) - len(stop.start.text.lstrip())))
    if mistake:
        return mistake
    if len(stop.start.after) > _LONGEST_KEY:
        return Explained(stop.start, f"a key has at most {_LONGEST_KEY:,} characters, and all of it is on one line; shorten it")
    return Explained(
        stop.start, f"missing ':' after {shown(stop.start.after)}; write it, or indent the line to continue the line above"
    )


def _no_list_here(stop: _Stop) -> Explained:
    item = uncommented(stop.spot.after[1:])
    if not item:
        return Explained(stop.spot, "a plain value cannot be '-'; quote it: \"-\"")
    advice = f"write {shown('[' + item + ']')}, or start a new line with {shown('- ' + item)}"
    return Explained(stop.spot, f"a list item cannot follow its key on the same line; {advice}")


def _no_key(stop: _Stop) -> Explained:
    """A token where a map needs a key."""
    sign = stop.spot.after[:1]
    if not stop.spot.before.strip():
        return _misplaced(stop.spot)
    if sign in {"]", "}"}:
        return _closes_nothing(stop.spot)
    if "{{" in stop.spot.before:
        return Explained(stop.spot.at(stop.spot.before.index("{{")), TEMPLATE)
    value = stop.spot.before.partition(": ")[2].lstrip()
    if value.startswith("'"):
        return Explained(
            stop.spot, "text follows the closing quote; write '' for a quote in the text, or use double quotes around it"
        )
    if value.startswith('"'):
        return Explained(
            stop.spot, 'text follows the closing quote; write \\" for a quote in the text, or use single quotes around it'
        )
    return Explained(stop.spot, "text follows the end of the value; delete it, or quote all of the value")


def _misplaced(spot: Spot) -> Explained:
    """The first token of a line, where a map needs a key."""
    if spot.after.startswith(":"):
        return Explained(spot, "missing key before ':'; write a name")
    if spot.after.startswith("- ") or spot.after == "-":
        return Explained(spot, "a list item is among the keys of a map; indent it under its key, or delete the '-'")
    if spot.after[:1] in {"]", "}"}:
        return _closes_nothing(spot)
    return Explained(spot, "the indentation of this line matches no line above; align it with the lines that it belongs to")


def _closes_nothing(spot: Spot) -> Explained:
    return Explained(spot, f"'{spot.after[:1]}' closes nothing; delete it, or quote the value")


def _no_dash(stop: _Stop) -> Explained:
    advice = "start it with '- ', or indent it as part of the item above"
    return Explained(stop.spot, f"this line is in a list, but is not an item; {advice}")


def _no_content(stop: _Stop) -> Explained:
    comment = _comment_before(stop.spot, at_end=stop.at_end)
    if comment:
        return comment
    sign = stop.spot.after[:1]
    if sign in {"]", "}"}:
        return _closes_nothing(stop.spot)
    if sign == "?":
        return _cannot_start(stop)
    if sign == ",":
        return Explained(stop.spot, "a value is missing before ','; write it, or delete the ','")
    if stop.at_end:
        return Explained(stop.spot, "the file ends where a value is expected; write the value, and close the brackets")
    return Explained(stop.spot, "a value is missing here; write it")


def _not_closed(stop: _Stop) -> Explained:
    """Brackets that are not closed, or two values in them without a comma."""
    comment = _comment_before(stop.spot, at_end=stop.at_end)
    if comment:
        return comment
    bracket = stop.start.after[:1]
    closing = _CLOSING.get(bracket, "]")
    if stop.at_end:
        return Explained(stop.start, f"'{bracket}' is never closed; write '{closing}'")
    part = max(stop.spot.before.rfind(sign) for sign in ",[{") + 1
    key, colon, value = stop.spot.before[part:].partition(": ")
    if stop.spot.after.startswith(":") and colon and "'" not in value and '"' not in value:
        return _colon_in_value(stop.spot, part + len(key) + 2, ",]}")
    if "{{" in stop.spot.text:
        return Explained(stop.spot.at(stop.spot.text.index("{{")), TEMPLATE)
    here = stop.spot.before.strip() and (part or not stop.spot.after.startswith(":"))
    where = "here" if here else "at the end of the line above"
    return Explained(stop.spot, f"missing ',' or '{closing}'; write it {where}", stop.start)


def _comment_before(spot: Spot, *, at_end: bool) -> Explained | None:
    """A comment that was meant as a value: it swallows the bracket that ends the line."""
    for number in range(spot.line if at_end else spot.line - 1, -1, -1):
        text = spot.lines[number]
        column = text.find(" #") + 1
        if column and not {"]", "}"}.isdisjoint(text[column:]):
            meant = Spot(spot.lines, number, column)
            advice = quote_it(up_to(",]}", meant.after))
            return Explained(meant, f"' #' starts a comment, so nothing after it on this line is read; {advice}")
        if text.strip() and not text.lstrip().startswith("#"):
            return None
    return None


def _open_quote(stop: _Stop) -> Explained:
    return Explained(
        stop.start, f"the text after {stop.start.after[:1]} has no closing quote; write {stop.start.after[:1]} at its end"
    )


def _unspaced_colon(stop: _Stop) -> Explained:
    return Explained(stop.spot, "missing space after ':'; write ': '")


def _block_head(stop: _Stop) -> Explained:
    sign = stop.start.after[:1]
    return Explained(
        stop.start, f"the text after '{sign}' starts on the next line; to write it here, {quote_it(plain_value(stop.start))}"
    )


def _no_marked_key(stop: _Stop) -> Explained:
    return Explained(stop.spot, f"a plain value cannot start with '? '; {quote_it(plain_value(stop.spot))}")


def _document_ended(stop: _Stop) -> Explained:
    return Explained(stop.spot, "the document ends before this place; delete the rest, or check the line above")


def _escape(stop: _Stop) -> Explained:
    column = stop.spot.text.rfind("\\", 0, stop.spot.column + 1)
    place = stop.spot.at(max(column, 0))
    return Explained(place, _bad_escape(place.after))


def _bad_escape(text: str) -> str:
    """What is wrong with the escape sequence at the start of a text, and what to write."""
    letter = text[1:2]
    count = _DIGITS.get(letter)
    if count is None:
        return f"'\\{letter}' is not an escape sequence; write '\\\\' for a backslash, or use single quotes around the text"
    code = _code(text, count)
    if code is None:
        return f"'\\{letter}' is followed by {count} hexadecimal digits; write them, or '\\\\' for a backslash"
    low = _code(text[6:], 4) if _HIGH <= code < _LOW and text[6:8] == "\\u" else None
    if low is None or not _LOW <= low < _END:
        return f"'{text[: 2 + count]}' is not a character; write the character itself"
    character = chr(0x10000 + ((code - _HIGH) << 10) + (low - _LOW))
    return f"'{text[:12]}' is one character in two halves; write '\\U{ord(character):08X}', or the character itself"


def _code(text: str, count: int) -> int | None:
    digits = text[2 : 2 + count]
    return int(digits, 16) if len(digits) == count and all(digit in "0123456789abcdefABCDEF" for digit in digits) else None


_Explainer = Callable[[_Stop], Explained]
_BY_PROBLEM: dict[str, _Explainer] = {
    "found character that cannot start any token": _cannot_start,
    "found a tab character that violates indentation": _cannot_start,
    "found a tab character where an indentation space is expected": _cannot_start,
    "did not find expected alphabetic or numeric character": _cannot_begin,
    "mapping values are not allowed in this context": _second_colon,
    "could not find expected ':'": _no_colon,
    "block sequence entries are not allowed in this context": _no_list_here,
    "mapping keys are not allowed in this context": _no_marked_key,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_dash,
    "did not find expected node content": _no_content,
    "did not find expected ',' or ']'": _not_closed,
    "did not find expected ',' or '}'": _not_closed,
    "found unexpected ':'": _unspaced_colon,
    "found unexpected end of stream": _open_quote,
    "found unexpected document indicator": _open_quote,
    "did not find expected comment or line break": _block_head,
    "found an indentation indicator equal to 0": _block_head,
    "did not find expected <document start>": _document_ended,
    "found undefined tag handle": _cannot_begin,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
}
_BY_CONTEXT: dict[str, _Explainer] = {
    "while scanning a tag": _cannot_begin,
    "while parsing a tag": _cannot_begin,
    "while scanning an anchor": _cannot_begin,
    "while scanning an alias": _cannot_begin,
    "while scanning a directive": _cannot_begin,
}
