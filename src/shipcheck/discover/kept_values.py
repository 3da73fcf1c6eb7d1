"""What of a file may be shown: names, addresses without their secret parts, and words of a known form. Nothing else is kept."""

import re

MOST_NAME = 200
_SCHEMES = ("https://", "http://", "wss://", "ws://")
_FORM = re.compile(r"[\w.,@+:/-]{1,200}")
_HOST = re.compile(r"(?:\[[0-9a-fA-F:.]{2,45}\]|[\w.${}-]{1,200})(?::[0-9]{1,5})?")
_PLAIN = re.compile(r"[!-~]{1,200}")
_WORD = re.compile(r"[A-Za-z0-9]++")
_TOOL = re.compile(r"[\w.*|/:@-]{1,200}")
# People do not choose words with so many letters and digits.
_LONG, _VERY_LONG = 16, 28
# How the keys of some services begin.
_GITHUB = ("ghp_", "gho_", "ghs_", "ghu_", "github_pat_")
_TOKENS = ("sk-", "sk_", "pk_", "rk_", *_GITHUB, "glpat-", "xoxb-", "xoxp-", "xoxa-")
# These also begin names, such as the tool `hf_search`; a key has one long word behind them.
_MAYBE_TOKENS = re.compile(r"(?:AKIA|ASIA|AIza|eyJ|hf_)(?=[A-Za-z]*[0-9])[A-Za-z0-9_-]{8}|(?:hf_|eyJ)[A-Za-z]{20}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PIECE = re.compile(r"""[^\s'"`()\[\]<>]+""")
_QUOTED = re.compile(r"""'.*'|".*"|`.*`""", re.DOTALL)
_SPLIT = re.compile(r"[.:/#,=~@|&?]+")
# The words that a name in camel case is made of, and its numbers.
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SHORT_WORD, _LONG_ACRONYM, _MOST_NUMBERS, _MOST_DIGITS = 3, 5, 2, 4
_YEARS = ("19", "20")
_HIDDEN = "***"


def shown_name(text: str) -> str:
    """A name that a person wrote as a key, without characters that cannot be printed, and at most 200 characters long."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:MOST_NAME]).strip()


def shown_text(text: str) -> str:
    """A name that is written as a value; empty if it can be a secret."""
    return "" if "://" in text or is_secret(text) else shown_name(text)


def shown_value(text: str) -> str:
    """A value if it is an address or has the form of a name; empty if it can be anything else, such as a secret."""
    stripped = text.strip()
    if stripped.lower().startswith(_SCHEMES):
        return shown_address(stripped)
    return stripped if _FORM.fullmatch(stripped) and "://" not in stripped and not _has_token(stripped) else ""


def shown_callable(text: str) -> str:
    """A path of names, which can come from keys and addresses in the code; the parts that can be secrets are hidden."""
    if "://" in text:
        return shown_address(text) or _HIDDEN
    if not is_secret(text):
        return shown_name(text)
    return shown_name("".join(_HIDDEN if is_secret(part) else part for part in re.split(r"([.:/#~@,=]+)", text)))


def shown_reason(text: str) -> str:
    """A sentence of ours that quotes names of the code; those that can be secrets are hidden."""
    return _PIECE.sub(lambda match: shown_callable(match.group()), text)


def without_quotes(text: str) -> str:
    """What a parser says about a file, without the parts of the file that it quotes."""
    return shown_reason(_QUOTED.sub(_without_inside, text))


def _without_inside(match: re.Match[str]) -> str:
    text = match.group()
    return text if len(text) <= len("','") else f"{text[0]}…{text[0]}"


def is_secret(text: str) -> bool:
    """Whether a part of a name can be a key of a service."""
    return any(_begins_as_token(part) or any(map(_is_no_name, _WORD.findall(part))) for part in (text, *_SPLIT.split(text)))


def _is_no_name(word: str) -> bool:
    """Whether a word is random, and not a long name in camel case such as `extractTop10Results`."""
    if not _is_random(word):
        return False
    parts = _PARTS.findall(word)
    numbers = [part for part in parts if part.isdecimal()]
    if len(numbers) > _MOST_NUMBERS or any(len(each) > _MOST_DIGITS and not each.startswith(_YEARS) for each in numbers):
        return True
    known = [each for each in parts if each.isalpha() and len(each) >= _SHORT_WORD and not _is_long_acronym(each)]
    return sum(map(len, known)) * 4 < sum(len(each) for each in parts if each.isalpha()) * 3


def _is_long_acronym(word: str) -> bool:
    return word.isupper() and len(word) > _LONG_ACRONYM


def shown_tool(text: str) -> str:
    """The name of a tool at the start of a rule such as `Bash(git push *)`; empty if there is none."""
    match = _TOOL.match(text.strip())
    return "" if match is None or _is_token(match.group()) else match.group()


def shown_address(text: str) -> str:
    """An address without user, query and fragment; what looks like a secret in its path is hidden."""
    scheme, _, rest = text.partition("://")
    end = next((at for at, letter in enumerate(rest) if letter in "/?#\\;"), len(rest))
    host = rest[:end].rpartition("@")[2]
    path = re.split(r"[?#;\\]", rest[end:], maxsplit=1)[0]
    parts = [_HIDDEN if _is_token(part) or "=" in part else part for part in path.split("/")]
    address = f"{scheme.lower()}://{host}{'/'.join(parts)}"
    return address if _HOST.fullmatch(host) and _PLAIN.fullmatch(address) else ""


def _is_token(text: str) -> bool:
    """Whether a text begins as keys of services do, or has a long run of letters and digits mixed."""
    return _begins_as_token(text) or any(_is_random(word) for word in _WORD.findall(text))


def _has_token(text: str) -> bool:
    return _is_token(text) or any(map(_is_token, _SPLIT.split(text)))


def _begins_as_token(text: str) -> bool:
    return bool(text.startswith(_TOKENS) or _MAYBE_TOKENS.match(text) or _UUID.search(text))


def _is_random(word: str) -> bool:
    if word.isalpha():
        return len(word) >= _VERY_LONG and not word.islower() and not word.isupper()
    return len(word) >= _LONG and not word.isdecimal()
