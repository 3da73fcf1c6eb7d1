"""Text that does not look like what it is: words of letters that only look alike (P027).

Characters that are invisible or turn the direction of text never get here: the reader of files refuses them.
"""

import re
import unicodedata

# A word of one of these together with letters of another is not how any language is written; it is how names are forged.
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
_WORD = re.compile(r"\w+")


def misleading(text: str) -> tuple[int, int, str] | None:
    """Where text misleads, from and to, and how; None where it does not."""
    if text.isascii():
        return None
    for word in _WORD.finditer(text):
        scripts = sorted({script for character in word.group() if (script := _script(character))})
        if len(scripts) > 1:
            kinds = " and ".join(script.capitalize() for script in scripts)
            message = f"'{word.group()}' mixes {kinds} letters that can look alike; write it in one script"
            return *word.span(), message
    return None


def _script(character: str) -> str:
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return first if first in _LOOK_ALIKE else ""
