"""Formats that list findings alone say how many changes there are; text, Markdown and JSON list each."""

import json

import pytest
from tests.cli.not_zero.test_pull_requests import GOVERNED
from tests.support.pull_requests import judged

from shipcheck.report.check import azure, github, junit, markdown, sarif, text
from shipcheck.report.check import json as as_json
from shipcheck.report.style import PLAIN

COUNT = "2 changes against main; the text, Markdown and JSON reports list all"
EDIT = {**GOVERNED, "shipcheck.yaml": GOVERNED["shipcheck.yaml"].replace("retention_days: 1000", "retention_days: 1200")}
CHANGED = {**EDIT, "shipcheck.yaml": EDIT["shipcheck.yaml"].replace("autonomy: acts", "autonomy: acts\n    description: Pays")}
REPORT = judged(GOVERNED, CHANGED)
RETENTION = "retention_days of audit_sink:ledger is 1200, was 1000"


def test_text_markdown_and_json_list_every_change() -> None:
    assert f"  stricter {RETENTION}\n" in text.render(REPORT, PLAIN)
    assert "- stricter: retention" in markdown.render(REPORT, PLAIN)
    changes = json.loads(as_json.render(REPORT))["changes"]
    assert [(change["field"], change["before"], change["after"], change["direction"]) for change in changes] == [
        ("description", "not declared", "Pays", None),
        ("retention_days", "1000", "1200", "stricter"),
    ]


def test_sarif_says_how_many() -> None:
    [run] = json.loads(sarif.render(REPORT, PLAIN))["runs"]
    [invocation] = run["invocations"]
    assert {"level": "note", "message": {"text": COUNT}} in invocation["toolExecutionNotifications"]


def test_junit_says_how_many() -> None:
    assert f'<testcase classname="changes" name="{COUNT}" />' in junit.render(REPORT, PLAIN)


@pytest.mark.parametrize(
    ("render", "command"), [(github.render, "::notice title=shipcheck::"), (azure.render, "##vso[task.debug]")]
)
def test_annotations_say_how_many(render: object, command: str) -> None:
    assert callable(render)
    assert f"{command}{COUNT}" in render(REPORT, PLAIN)


@pytest.mark.parametrize("render", [sarif.render, junit.render, github.render, azure.render])
def test_where_nothing_changed_they_say_nothing(render: object) -> None:
    assert callable(render)
    assert "against main" not in render(judged(GOVERNED, GOVERNED), PLAIN)
