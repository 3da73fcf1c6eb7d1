"""The patterns of names, references and paths; plain ECMA 262, because the same text is used in the JSON Schema."""

import re

RESERVED = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
# The lookahead excludes the words that some YAML version reads as something other than text.
NAME_PATTERN = rf"(?!(?:{'|'.join(RESERVED)})(?![a-z0-9-]))[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?"
NAME = re.compile(NAME_PATTERN)
LABEL_PATTERN = r"[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?"
LABEL = re.compile(LABEL_PATTERN)

# A path from the root of a repository as git lists it: no backslash, no empty part, no part '.' or '..', and not blank.
_PART = r"(?!\.{1,2}(?![^/]))[^/\\]+"
PATH_PATTERN = rf"(?=[\s\S]*\S){_PART}(?:/{_PART})*"
PATH = re.compile(PATH_PATTERN)


def reference_pattern(kinds: tuple[str, ...]) -> str:
    """The pattern of a reference to one of these kinds: `[kind:][namespace/]name`."""
    return rf"(?:(?:{'|'.join(kinds)}):)?(?:{NAME_PATTERN}/)?{NAME_PATTERN}"


def name_problem(text: str, before: str = "", after: str = "") -> str:
    """Why `text` is not a valid name, and what one looks like; `before` and `after` surround it where it is written."""
    if text.lower() in RESERVED:
        return f"YAML can read '{text}' as something other than text; use another name"
    if len(text) > 63:
        return "a name has at most 63 characters"
    meant = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    hint = f"; write '{before}{meant}{after}'" if NAME.fullmatch(meant) else ""
    return f"use lower-case letters, digits and '-', starting with a letter and not ending with '-'{hint}"


def reference_problem(text: str) -> str:
    """Why a reference, with no kind or a right one, is not valid: which of its two names is wrong."""
    kind, colon, rest = text.partition(":") if ":" in text else ("", "", text)
    before = kind + colon
    namespace, slash, name = rest.rpartition("/")
    if slash and not NAME.fullmatch(namespace):
        return name_problem(namespace, before, slash + name)
    return name_problem(name, before + namespace + slash)


def plain_path(text: str) -> str:
    """The path from the root of the repository that was meant; empty if it is outside the repository or no path."""
    parts: list[str] = []
    for part in text.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "" if "://" in text else "/".join(parts)


def path_problem(text: str) -> str:
    """Why `text` is not a path from the root of the repository, and how it is written."""
    meant = plain_path(text)
    if meant:
        return f"'{text}' is not written as a path from the root of the repository; write '{meant}'"
    return f"'{text}' is not a path in the repository; write a path from its root, such as 'src/tools.py'"
