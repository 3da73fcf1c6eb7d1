"""The encoders, one for each kind of output: untrusted text cannot move a cursor, start a line, forge a command or end a tag.

XML needs none of its own: `visible` leaves nothing that XML cannot contain, and the writer of the standard library does the rest.
"""

import json
import re
import unicodedata
from itertools import islice
from textwrap import wrap
from typing import Any

# Format characters that are invisible or turn the direction of text; a soft hyphen and the joiners are among them.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What the runner of a CI service takes for a command: `::name::` at the start of a line, `##[name]` and `##vso[name]` anywhere.
_COMMANDS = re.compile(r"(?<!\S):(?=:)|#(?=#\[|#vso\[)", re.IGNORECASE)
# What Markdown, and the references of GitHub and GitLab, give a meaning within a line.
_MARKUP = re.compile(r"(?P<sign>[\\`*_{}\[\]<>&|~#!@$%^])|(?P<colon>:(?=//|[\w+-]+:))|(?P<site>www(?=\.))", re.IGNORECASE)
# Mentions, issues and addresses are looked for in the rendered text, which has no backslashes; a comment separates their parts.
_REFERENCES = frozenset("#!~@$%&^[")
_BREAK = "<!-- -->"
_CHUNKS = 10_000
# What begins a formula: as OWASP lists it, with the wide signs that some spreadsheets read alike.
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_URI = re.compile(rb"[^A-Za-z0-9._~!$&'()*+,;=@/-]")


def visible(text: str) -> str:
    r"""The text for a terminal or a log: every control, invisible or direction-turning character is written as `\u{...}`.

    So is the first character of what the runner of a CI service would take for a command.
    """
    plain = text.isascii() and text.isprintable()
    shown = text if plain else "".join(_shown(character) for character in text)
    return _COMMANDS.sub(_escaped, shown) if "::" in shown or "##" in shown else shown


def _shown(character: str) -> str:
    return f"\\u{{{ord(character):x}}}" if unicodedata.category(character) in _HIDDEN_CATEGORIES else character


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def width(text: str) -> int:
    """How many columns a terminal gives to text that `visible` has been over."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def cut(text: str, columns: int) -> str:
    """Text that `visible` has been over, in at most so many columns of a terminal; what is left out is `…`."""
    if width(text) <= columns:
        return text
    taken, kept = 1, []
    for character in text:
        taken += _columns(character)
        if taken > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…" if columns > 0 else ""


def folded(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """The text on lines of about so many characters, the first and the others each with their indent.

    No word is broken: a line begins only where a word does, and there `visible` has looked for commands.
    """
    return wrap(visible(text), columns, initial_indent=first, subsequent_indent=rest, break_long_words=False)


def as_json(value: Any, *, compact: bool = False) -> str:
    """JSON in ASCII with keys in the order given; no line of it is a command to the runner of a CI service.

    `compact` is for what may be very large: on one line, and written ten times as fast.
    """
    if compact:
        return json.dumps(value, allow_nan=False).replace("##", "#\\u0023") + "\n"
    # The encoder yields a text for each bracket and value; all of them at once take ten times the memory of what they spell.
    chunks = json.JSONEncoder(indent=2, allow_nan=False).iterencode(value)
    text = "".join(["".join(some) for some in iter(lambda: tuple(islice(chunks, _CHUNKS)), ())])
    return text.replace("##", "#\\u0023") + "\n"


def csv_cell(text: str) -> str:
    """The text as a cell of a table, which no spreadsheet takes for a formula: one that begins as such gets an apostrophe."""
    shown = visible(text)
    return f"'{shown}" if text.lstrip(" ")[:1] in _FORMULA and text.strip(" ") else shown


def dot_text(text: str) -> str:
    """The text within the quotes of Graphviz's language."""
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')


def mermaid_text(text: str) -> str:
    """The text within the quotes of a Mermaid label: what could end it or begin markup is an entity."""
    return "".join(
        character if character.isalnum() or character in " -_/.,:" else f"#{ord(character)};" for character in visible(text)
    )


def markdown_text(text: str) -> str:
    """The text within a line of Markdown: no markup, no link, and no mention on GitHub or GitLab."""
    return _MARKUP.sub(_plain, visible(text))


def _plain(match: re.Match[str]) -> str:
    if sign := match["sign"]:
        return f"\\{sign}{_BREAK if sign in _REFERENCES else ''}"
    return f"{match[0]}{_BREAK}"


def markdown_code(text: str) -> str:
    """The text as code within a line of Markdown."""
    shown = visible(text) or " "
    fence = "`" * (_longest_run(shown) + 1)
    room = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{room}{shown}{room}{fence}"


def markdown_block(text: str, language: str) -> list[str]:
    """The lines as a block of code in Markdown, under a fence that none of them can close."""
    lines = [visible(line) for line in text.splitlines()]
    fence = "`" * max(3, *(_longest_run(line) + 1 for line in lines)) if lines else "```"
    return [f"{fence}{language}", *lines, fence]


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def github_data(*lines: str) -> str:
    """The message of a workflow command of GitHub Actions, which may have several lines."""
    return "%0A".join(visible(line).replace("%", "%25") for line in lines)


def github_property(text: str) -> str:
    """The value of a property of a workflow command of GitHub Actions."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


def azure_data(text: str) -> str:
    """The message of a logging command of Azure Pipelines."""
    return visible(text).replace("%", "%AZP25")


def azure_property(text: str) -> str:
    """The value of a property of a logging command of Azure Pipelines."""
    return azure_data(text).replace(";", "%3B").replace("]", "%5D")


def sarif_text(text: str) -> str:
    """The text within a message of SARIF, where brackets make links."""
    return re.sub(r"([\\\[\]])", r"\\\1", visible(text))


def uri(path: str) -> str:
    """A relative path as a URI reference."""
    return _URI.sub(lambda match: f"%{match[0][0]:02X}".encode(), path.encode("utf-8", "surrogatepass")).decode("ascii")
