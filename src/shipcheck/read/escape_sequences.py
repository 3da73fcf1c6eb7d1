"""Escape sequences that YAML does not have, and what to write for them."""

_DIGITS = {"x": 2, "u": 4, "U": 8}
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000


def explain_escape(text: str) -> str:
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
