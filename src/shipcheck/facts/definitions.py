"""The definitions in a file that is not Python, by a rule that is weaker than a syntax tree and errs towards unknown.

A name counts if a line of code, outside comments and strings, looks like its definition; languages.py defines what that is. A
qualified name counts if its last part is defined and every part before it is a type that the same file defines; in Go and for
Kotlin's extensions, if the definition itself names the type. A definition over several lines counts up to its opening bracket.

A name that is in the code, or is all of a text in it, but is not recognised as a definition, is unknown: a property of an object,
a field, or what a macro makes can be one. Only a name that the code does not have is not defined.
"""

import re
from typing import NamedTuple

from shipcheck.facts.languages import Headed, Language

_HEAD = re.compile(r"(?m:^)[ \t]*+(?P<head>[\w$#*<>\[\],.?@ \t]*+)\([^()]*+\)")
_WORD = re.compile(r"[\w$#]+|\*")
_GENERIC = re.compile(r"<[^<>]*+>")
# Words before brackets and a block that are not the name of a function.
_CONTROL = frozenset(
    {
        "if",
        "for",
        "while",
        "switch",
        "catch",
        "with",
        "synchronized",
        "using",
        "lock",
        "fixed",
        "foreach",
        "function",
        "when",
        "match",
    }
)


class Definitions(NamedTuple):
    """The definitions in a file: types, names that can be members of one, and members whose definition names their type.

    `mentioned` has every word of the code, with or without a definition.
    """

    types: frozenset[str]
    names: frozenset[str]
    members: frozenset[tuple[str, str]]
    mentioned: frozenset[str]


def definitions(text: str, language: Language) -> Definitions | None:
    """The definitions in the text; None if this reading of it is not reliable."""
    texts: set[str] = set()
    code = _code(text, language, texts)
    if code is None:
        return None
    types = frozenset(match["name"] for pattern in language.types for match in re.finditer(pattern, code))
    names: set[str] = set()
    members: set[tuple[str, str]] = set()
    for pattern in language.definitions:
        for match in re.finditer(pattern, code):
            owner = match.groupdict().get("owner")
            names.add(match["name"])
            if owner:
                members.add((owner, match["name"]))
    if language.headed:
        names.update(_headed(code, language.headed))
    mentioned = {word.strip("#") for word in _WORD.findall(code)}
    return Definitions(types, frozenset(names) | types, frozenset(members), frozenset(mentioned | texts))


def defines(file: Definitions, symbol: str, language: Language) -> bool | None:
    """Whether the symbol is among the definitions of a file; None if its names are in the code, but not as definitions."""
    for separator in language.separators[:-1]:
        symbol = symbol.replace(separator, language.separators[-1])
    *outer, name = symbol.split(language.separators[-1])
    if _is_defined(file, outer, name, language):
        return True
    return None if file.mentioned.issuperset(part.rstrip("?!") for part in (*outer, name)) else False


def _is_defined(file: Definitions, outer: list[str], name: str, language: Language) -> bool:
    if not outer:
        return name in file.names
    if (outer[-1], name) in file.members:
        return all(part in file.types for part in outer[:-1])
    return language.nests and name in file.names and all(part in file.types for part in outer)


def _code(text: str, language: Language, texts: set[str]) -> str | None:
    """The text without anything that is not code; line breaks are kept. What strings contain is added to `texts`."""
    opaque, doubt = "|".join(language.opaque), "|".join(language.doubt)
    kept: list[str] = []
    end = 0
    for match in re.finditer(f"(?P<opaque>{opaque})|(?:{doubt})", text):
        if match["opaque"] is None:
            return None
        texts.add(match[0].strip("\"'`"))
        kept += (text[end : match.start()], match.groupdict().get("kept") or "", "\n" * match[0].count("\n") or " ")
        end = match.end()
    return "".join((*kept, text[end:]))


def _headed(code: str, rule: Headed) -> set[str]:
    names = set()
    ending = re.compile(rule.ending)
    for match in _HEAD.finditer(code):
        if not ending.match(code, match.end()):
            continue
        words = _WORD.findall(_GENERIC.sub(" ", match["head"]))
        if words and _satisfies(words[:-1], rule) and words[-1] not in _CONTROL:
            names.add(words[-1].lstrip("#"))
    return names


def _satisfies(before: list[str], rule: Headed) -> bool:
    if len(before) < rule.least or not rule.barred.isdisjoint(before):
        return False
    return rule.allowed is None or rule.allowed.issuperset(before)
