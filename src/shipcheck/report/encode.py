"""The encoder of text outputs: untrusted text cannot move a cursor, start a line or hide."""

import unicodedata

# Format characters that are invisible or turn the direction of text; a soft hyphen and the joiners are among them.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""The text with every control, invisible or direction-turning character written as `\u{...}`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if unicodedata.category(character) in _HIDDEN_CATEGORIES:
        return f"\\u{{{ord(character):x}}}"
    return character


def width(text: str) -> int:
    """How many columns a terminal gives to text that `visible` has been over."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
