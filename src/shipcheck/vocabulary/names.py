"""What a name and a reference look like; plain ECMA 262, because the same text goes into the JSON Schema."""

import re

RESERVED = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
# The lookahead keeps out the words that some YAML reads as something other than text.
NAME_PATTERN = rf"(?!(?:{'|'.join(RESERVED)})(?![a-z0-9-]))[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?"
NAME = re.compile(NAME_PATTERN)
LABEL_PATTERN = r"[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?"
LABEL = re.compile(LABEL_PATTERN)


def reference_pattern(kinds: tuple[str, ...]) -> str:
    """The pattern of a reference to one of these kinds: `[kind:][namespace/]name`."""
    return rf"(?:(?:{'|'.join(kinds)}):)?(?:{NAME_PATTERN}/)?{NAME_PATTERN}"


def name_fault(text: str) -> str:
    """Why `text` is not a component's name, and what a name is."""
    if text.lower() in RESERVED:
        return f"YAML can read '{text}' as something other than text; choose another name"
    if len(text) > 63:
        return "a name has at most 63 characters"
    meant = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    hint = f"; write '{meant}'" if NAME.fullmatch(meant) else ""
    return f"a name is lower-case letters, digits and '-', starts with a letter and does not end with '-'{hint}"
