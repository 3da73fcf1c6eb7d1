"""Whatever stands in a title, a message or a file name stays text: every output keeps the shape that it has for harmless text."""

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.report.naughty import NAUGHTY
from tests.support.reports import finding, place, policy, report
from tests.support.runners import Command, azure_commands, github_commands

from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.check.azure import render_azure
from shipcheck.report.check.concise import render_concise
from shipcheck.report.check.github import render_github
from shipcheck.report.check.gitlab import render_gitlab
from shipcheck.report.check.json import render_json
from shipcheck.report.check.junit import render_judged_junit
from shipcheck.report.check.markdown import SUMMARY_BYTES, render_markdown
from shipcheck.report.check.sarif import render_sarif
from shipcheck.report.check.text import render_text
from shipcheck.report.encode import folded, visible
from shipcheck.report.style import Style

HARMLESS = "harmless"
PLAIN = Style(color=False)
RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: render_text(report, PLAIN),
    "concise": lambda report: render_concise(report, PLAIN),
    "json": lambda report: render_json(report, 1),
    "sarif": lambda report: render_sarif(report, 1),
    "junit": render_judged_junit,
    "github": render_github,
    "gitlab": render_gitlab,
    "azure": render_azure,
    "markdown": lambda report: render_markdown(report, SUMMARY_BYTES),
}
MERMAID = re.compile(
    r'flowchart LR|  n[0-9]+[\[({>/]+"[^"`]*"[\])}/]+|  n[0-9]+ -->\|"[^"|`]*"\| n[0-9]+|  style n[0-9]+ stroke-width:3px'
)


def world(text: str) -> Report:
    """A report that holds the text wherever an output prints one, at both ends of it and in names that no manifest may have."""
    path = f"{text}/a{text}.shipcheck.yaml"
    where = place(path)
    walking = finding(f"agent:{text}", text, path, message=f"{text} x {text}", owner=f"team:{text}", doubt=text)
    # What to write is lines by its nature; no value with a line end is ever among them.
    walking = replace(walking, fix=replace(walking.fix, snippet=f"label: {' '.join(text.splitlines())}"))
    plain = finding(
        "agent:b", text, path, witness=(), fix=walking.fix, severity=Severity.WARNING, owner=None, members=(text, text)
    )
    noted = finding("agent:c", text, path, fix=walking.fix, severity=Severity.NOTE, status="waived")
    source = f"a: {text}".replace("\n", " ").replace("\r", " ")
    return report(
        walking,
        plain,
        noted,
        problems=(Problem(where, "some-code", text, ((where, text),)),),
        texts={("worktree", path): "\n".join([source] * 6).encode("utf-8", "replace")},
        policies=(policy(text),),
        packs=(("trial", text),),
        root=text,
        prefix=f"{text}/",
    )


@cache
def harmless(form: str) -> str:
    return RENDERERS[form](world(HARMLESS))


def shape(value: Any) -> Any:
    """What a JSON value is made of, without the texts in it."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value).__name__


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def tree(element: ET.Element) -> Any:
    """What an XML element is made of, without the texts in it."""
    counts = {key: value for key, value in element.attrib.items() if key in {"tests", "failures", "errors", "skipped"}}
    return (element.tag, sorted(element.attrib), counts, [tree(child) for child in element])


def markup(text: str) -> list[Token]:
    """The tokens of Markdown with tables and strikethrough, those within a line after the one that holds them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [part for token in tokens for part in (token, *(token.children or ()))]


def outline(text: str) -> list[tuple[str, str]]:
    """The types and tags of the tokens: texts are one, however many comments keep their parts from each other."""
    found: list[tuple[str, str]] = []
    for token in markup(text):
        if token.content == "<!-- -->" or (token.type == "text_special" and found[-1:] == [("text", "")]):
            continue
        item = ("text", "") if token.type == "text_special" else (token.type, token.tag)
        if item != ("text", "") or found[-1:] != [item]:
            found.append(item)
    return found


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_no_output_holds_what_a_terminal_or_a_runner_obeys(text: str, form: str) -> None:
    printed = RENDERERS[form](world(text))
    hidden = [character for character in printed if unicodedata.category(character) in {"Cf", "Cs", "Co", "Cn", "Zl", "Zp"}]
    assert hidden == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", printed)
    mine = {"github": github_commands, "azure": azure_commands}
    for name, commands in mine.items():
        if name != form:
            assert commands(printed) == []
    if form != "text":
        assert printed.count("\n") == harmless(form).count("\n")


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_json_keeps_its_shape(text: str, form: str) -> None:
    printed = RENDERERS[form](world(text))
    assert printed.isascii()
    assert shape(json.loads(printed)) == shape(json.loads(harmless(form)))
    wanted = text if form == "json" else visible(text)
    assert any(wanted in found for found in strings(json.loads(printed)))


@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_xml_keeps_its_shape(text: str) -> None:
    root = ET.fromstring(render_judged_junit(world(text)))  # noqa: S314 - written a moment ago
    assert tree(root) == tree(ET.fromstring(harmless("junit")))  # noqa: S314
    failure = root.findall("testsuite")[1].find("testcase/failure")
    assert failure is not None
    # A reader of XML sees one space for the spaces, and none at the ends, that only names have.
    assert failure.get("message") == visible(f"{text}{text} x {text}")


@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_a_workflow_command_is_read_back_as_it_was_meant(text: str) -> None:
    commands = github_commands(render_github(world(text)))
    told = github_commands(harmless("github"))
    assert [(command.name, list(command.properties)) for command in commands] == [
        (command.name, list(command.properties)) for command in told
    ]
    assert commands[0].message == visible(text)
    assert commands[0].properties["file"] == visible(f"{text}/{text}/a{text}.shipcheck.yaml")
    assert commands[1].message.count("\n") == told[1].message.count("\n")


@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_a_logging_command_is_read_back_as_it_was_meant(text: str) -> None:
    commands = azure_commands(render_azure(world(text)))
    told = azure_commands(harmless("azure"))
    assert [(command.name, list(command.properties)) for command in commands] == [
        (command.name, list(command.properties)) for command in told
    ]
    assert commands[0].message == visible(text)
    assert commands[0].properties["sourcepath"] == visible(f"{text}/{text}/a{text}.shipcheck.yaml")


@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_markdown_keeps_its_shape(text: str) -> None:
    printed = RENDERERS["markdown"](world(text))
    assert outline(printed) == outline(harmless("markdown"))
    # What a forge makes links and mentions of is what stands in one text of the page, outside of code.
    texts = [token.content for token in markup(printed) if token.type in {"text", "text_special"}]
    assert [found for found in texts if re.search(r"[@#!~%$&^]\w|\w@\w|://|:[\w+-]+:|www\.", found)] == []


@pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
def test_a_walk_in_markdown_is_a_flowchart_of_the_same_lines(text: str) -> None:
    drawings = [token.content for token in markup(RENDERERS["markdown"](world(text))) if token.info == "mermaid"]
    expected = [token.content for token in markup(harmless("markdown")) if token.info == "mermaid"]
    assert len(drawings) == len(expected) > 0
    for drawing, other in zip(drawings, expected, strict=True):
        assert drawing.count("\n") == other.count("\n")
        assert [line for line in drawing.splitlines() if not MERMAID.fullmatch(line)] == []


def test_the_list_is_long_and_has_no_text_twice() -> None:
    assert len(set(NAUGHTY)) == len(NAUGHTY) >= 80


def test_the_runners_of_these_tests_see_what_a_careless_output_lets_through() -> None:
    assert github_commands("  ::error file=a::b%0Ac\n") == [Command("error", {"file": "a"}, "b\nc")]
    assert github_commands("x ##[add-mask]e\r##[group]g") == [Command("add-mask", {}, "e"), Command("group", {}, "g")]
    assert azure_commands("x ##vso[task.complete result=Failed;]d") == [Command("task.complete", {"result": "Failed"}, "d")]


@pytest.mark.parametrize("columns", range(20, 60))
def test_a_text_that_is_folded_begins_no_line_with_a_command(columns: int) -> None:
    lines = folded(f"{'x' * 40}::error::forged {'y ' * 20}::error::forged", columns)
    assert len(lines) > 1
    assert github_commands("\n".join(lines)) == []
