"""How the text of each format is read back: what reads an output must see the same shape in it, whatever a text in it says.

A format that has no reader here fails the hostile-text tests by its name.
"""

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.report.samples import source_of
from tests.support.runners import Command, azure_commands, github_commands

from shipcheck.report.encode import visible
from shipcheck.report.formats import Format

HIDDEN = frozenset({"Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
RUNNERS = {"github": github_commands, "azure": azure_commands}
LONG = 1000
DOT = re.compile(
    r'digraph shipcheck \{|\}|  rankdir=LR;|  (node|edge) \[fontname="Helvetica", fontsize=[0-9]+\];'
    r'|  n[0-9]+ (-> n[0-9]+ )?\[(shape=\w+, )?label="([^"\\]|\\.)*"(, [a-z]+="?#?\w+"?)*\];'
)
MERMAID = re.compile(
    r'flowchart LR|  n[0-9]+[\[({>/]+"[^"`]*"[\])}/]+|  n[0-9]+ -->\|"[^"|`]*"\| n[0-9]+|  style n[0-9]+ stroke-width:3px'
)


class Output(NamedTuple):
    """What a format prints for a text, and what it prints for a harmless one in its place."""

    text: str
    printed: str
    harmless: str


Reader = Callable[[Output], None]


def read_back(form: Format, output: Output) -> None:
    """Fail where the text in an output is not text to what reads it."""
    assert form.name in READERS, f"{form.command} --format {form.name}: say in tests/report/readers.py how its text is read back"
    lines = output.printed.replace("\r\n", "\n") if form.name == "csv" else output.printed
    assert [character for character in lines if unicodedata.category(character) in HIDDEN] == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", lines)
    for name, commands in RUNNERS.items():
        if name != form.name:
            assert commands(output.printed) == []
    READERS.get(f"{form.command} {form.name}", READERS[form.name])(output)


def _wrapped(_output: Output) -> None:
    """Long texts are folded, so that there is no shape to compare."""


def _same_lines(output: Output) -> None:
    assert output.printed.count("\n") == output.harmless.count("\n")


def _json(output: Output, wanted: str) -> None:
    assert output.printed.isascii()
    _same_lines(output)
    read = json.loads(output.printed)
    assert _shape(read, output.text) == _shape(json.loads(output.harmless), "harmless")
    assert any(wanted in found for found in _strings(read)), "the text is not in it"


def _xml(output: Output) -> None:
    _same_lines(output)
    root = ET.fromstring(output.printed)  # noqa: S314 - written a moment ago
    assert _tree(root) == _tree(ET.fromstring(output.harmless))  # noqa: S314
    # A reader of XML sees one space for the spaces, and none at the ends, that only names have.
    told = [value for element in root.iter() for value in (*element.attrib.values(), element.text or "")]
    assert any(visible(output.text) in value for value in told), "the text is not in it"


def _commands(read: Callable[[str], list[Command]], file: str) -> Reader:
    def check(output: Output) -> None:
        _same_lines(output)
        commands, expected = read(output.printed), read(output.harmless)
        assert [(each.name, list(each.properties), each.message.count("\n")) for each in commands] == [
            (each.name, list(each.properties), each.message.count("\n")) for each in expected
        ]
        assert any(visible(output.text) in each.message for each in commands), "the text is not in it"
        # A count of changes has no place.
        places = {each.properties[file] for each in commands if file in each.properties}
        assert places == {visible(f"{output.text}/{source_of(output.text)}")}

    return check


def _csv(output: Output) -> None:
    rows, expected = (list(csv.reader(io.StringIO(text, newline=""))) for text in (output.printed, output.harmless))
    assert [len(row) for row in rows] == [len(row) for row in expected]
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert any(visible(output.text) in cell for cell in cells), "the text is not in it"


def _markdown(output: Output) -> None:
    drawings, expected = (
        [token.content for token in markup(page) if token.info == "mermaid"] for page in (output.printed, output.harmless)
    )
    _page(output)
    if len(output.text) > LONG:  # a page with a text so long leaves findings out
        return
    assert len(drawings) == len(expected) > 0
    for drawing, other in zip(drawings, expected, strict=True):
        _mermaid(Output(output.text, drawing, other))


def _page(output: Output) -> None:
    # What a forge makes links and mentions of is what is in one text of the page, outside of code.
    texts = [token.content for token in markup(output.printed) if token.type in {"text", "text_special"}]
    assert [found for found in texts if re.search(r"[@#!~%$&^]\w|\w@\w|://|:[\w+-]+:|www\.", found)] == []
    if len(output.text) > LONG:
        return
    _same_lines(output)
    assert _outline(output.printed) == _outline(output.harmless)


def _mermaid(output: Output) -> None:
    _same_lines(output)
    assert [line for line in output.printed.splitlines() if not MERMAID.fullmatch(line)] == []


def _dot(output: Output) -> None:
    _same_lines(output)
    assert [line for line in output.printed.splitlines() if not DOT.fullmatch(line)] == []


READERS: dict[str, Reader] = {
    "text": _wrapped,
    "concise": _same_lines,
    "json": lambda output: _json(output, output.text),
    "draft07": lambda output: _json(output, output.text),
    "sarif": lambda output: _json(output, visible(output.text)),
    "gitlab": lambda output: _json(output, visible(output.text)),
    "junit": _xml,
    "github": _commands(github_commands, "file"),
    "azure": _commands(azure_commands, "sourcepath"),
    "markdown": _markdown,
    "discover markdown": _page,
    "csv": _csv,
    "mermaid": _mermaid,
    "dot": _dot,
}


def _shape(value: Any, text: str) -> Any:
    """What a JSON value is made of, without the texts in it."""
    if isinstance(value, dict):
        return {"" if key == text else key: _shape(item, text) for key, item in value.items()}
    return [_shape(item, text) for item in value] if isinstance(value, list) else type(value).__name__


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(item)


def _tree(element: ET.Element) -> Any:
    """What an XML element is made of, without the texts in it."""
    counts = {key: value for key, value in element.attrib.items() if key in {"tests", "failures", "errors", "skipped"}}
    return (element.tag, sorted(element.attrib), counts, [_tree(child) for child in element])


def markup(text: str) -> list[Token]:
    """The tokens of Markdown with tables and strikethrough, those within a line after the one that holds them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [part for token in tokens for part in (token, *(token.children or ()))]


def _outline(text: str) -> list[tuple[str, str]]:
    """The types and tags of the tokens: texts are one, however many comments keep their parts from each other."""
    found: list[tuple[str, str]] = []
    for token in markup(text):
        if token.content == "<!-- -->" or (token.type == "text_special" and found[-1:] == [("text", "")]):
            continue
        item = ("text", "") if token.type == "text_special" else (token.type, token.tag)
        if item != ("text", "") or found[-1:] != [item]:
            found.append(item)
    return found
