"""Values as people write them: how to quote one, how a message shows one, and escape sequences that YAML does not have."""

_LONGEST_SHOWN = 60
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


def up_to(ends: str, text: str) -> str:
    """The text before the first of the characters `ends`."""
    for sign in ends:
        text = text.partition(sign)[0]
    return text.strip()


def uncommented(text: str) -> str:
    """The text before a comment."""
    return text.partition(" #")[0].strip()


def quote_it(value: str) -> str:
    """The advice to quote a value, with the value as it has to be written, unless that is too long to show."""
    if not value or len(value) > _LONGEST_SHOWN:
        return "quote it"
    single = '"' in value or "\\" in value
    return "quote it: " + ("'" + value.replace("'", "''") + "'" if single else f'"{value}"')


def shown_text(text: str) -> str:
    """The text in quotes, cut if it is long."""
    text = text.strip()
    return f"'{text}'" if len(text) <= _LONGEST_SHOWN else f"'{text[: _LONGEST_SHOWN - 3]}...'"
