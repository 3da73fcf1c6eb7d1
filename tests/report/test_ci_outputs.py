"""What CI services show by themselves: annotations, issues, and GitLab's Code Quality."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from tests.support.reports import altered, finding, place, report, states
from tests.support.runners import azure_commands, github_commands

from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.report.check.azure import render as render_azure
from shipcheck.report.check.github import MOST_OF_A_LEVEL
from shipcheck.report.check.github import render as render_github
from shipcheck.report.check.gitlab import render as render_gitlab

LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.NOTE}


def many(severity: Severity, count: int) -> list[Any]:
    return [finding(f"agent:{severity}{number}", severity=severity) for number in range(count)]


# ---- GitHub


def test_an_annotation_names_the_place_the_policy_the_walk_and_the_fix() -> None:
    (command,) = github_commands(render_github(report(finding(), prefix="ai/")))
    assert command.name == "error"
    assert command.properties == {"file": "ai/a/shipcheck.yaml", "line": "3", "col": "5", "title": "trial/the-rule"}
    assert command.message.splitlines()[:3] == [
        "text cannot be",
        "ai/a/shipcheck.yaml:3: agent:a calls agent:b",
        "ai/a/shipcheck.yaml:3: gate:g does not qualify:",
    ]
    assert "fix: write text: label: text; other: text; note text" in command.message
    assert "owner: team:t (action:c)" in command.message


@pytest.mark.parametrize("name", states())
def test_no_state_has_more_annotations_than_github_shows(name: str) -> None:
    commands = github_commands(render_github(states()[name]))
    assert all(sum(command.name == level for command in commands) <= MOST_OF_A_LEVEL for level in LEVELS)
    assert {command.name for command in commands} <= set(LEVELS)


def test_ten_of_each_level_are_shown_and_the_rest_is_counted_in_a_notice() -> None:
    exact = [found for severity in LEVELS.values() for found in many(severity, 10)]
    assert len(github_commands(render_github(report(*exact)))) == 30
    commands = github_commands(render_github(report(*exact, finding("agent:last"), finding("agent:more"))))
    assert len(commands) == 30
    assert (commands[-1].name, commands[-1].properties) == ("notice", {"title": "shipcheck"})
    assert commands[-1].message == (
        "2 errors and 1 notice not shown: GitHub shows 10 of each level for a step; the job summary lists all"
    )


def test_what_stands_on_changed_files_comes_first() -> None:
    old = many(Severity.ERROR, 12)
    new = finding("agent:z", path="z/shipcheck.yaml")
    commands = github_commands(render_github(report(*old, new, prefix="ai/", changed=frozenset({"ai/z/shipcheck.yaml"}))))
    assert commands[0].properties["file"] == "ai/z/shipcheck.yaml"
    assert github_commands(render_github(report(*old, new)))[0].properties["file"] == "a/shipcheck.yaml"


def test_a_file_as_a_whole_is_annotated_at_its_first_line() -> None:
    whole = place()._replace(line=0, column=0, end_line=0, end_column=0)
    (command,) = github_commands(render_github(report(problems=(Problem(whole, "no-manifest", "there is none"),))))
    assert (command.properties["line"], command.properties["col"]) == ("1", "1")
    assert command.properties["title"] == "shipcheck: no-manifest"


# ---- Azure


def test_an_issue_names_the_place_the_policy_and_the_fix() -> None:
    (command,) = azure_commands(render_azure(report(finding(severity=Severity.NOTE))))
    assert command.name == "task.logissue"
    assert command.properties == {
        "type": "warning",
        "sourcepath": "a/shipcheck.yaml",
        "linenumber": "3",
        "columnnumber": "5",
        "code": "trial/the-rule",
    }
    assert command.message.startswith("note: text cannot be. Fix: write text: label: text")


@pytest.mark.parametrize("name", states())
def test_every_problem_and_every_finding_that_nobody_waived_is_an_issue(name: str) -> None:
    judged = states()[name]
    expected = [
        *("error" for _ in judged.judged.problems),
        *("error" if found.severity is Severity.ERROR else "warning" for found in judged.findings if found.status != "waived"),
    ]
    assert [command.properties["type"] for command in azure_commands(render_azure(judged))] == expected


# ---- GitLab


def quality() -> Draft7Validator:
    schema: dict[str, Any] = json.loads((Path(__file__).parent / "gitlab.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    registry: Any = Registry()
    return Draft7Validator(schema, registry=registry)


@pytest.mark.parametrize("name", states())
def test_code_quality_is_what_gitlab_reads_and_no_two_entries_are_taken_for_one(name: str) -> None:
    printed = render_gitlab(states()[name])
    entries = json.loads(printed)
    assert list(quality().iter_errors(entries)) == []
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert printed[0] == "["


def test_the_schema_refuses_what_gitlab_drops() -> None:
    entries = json.loads(render_gitlab(report(finding())))
    assert list(quality().iter_errors([{**entries[0], "severity": "error"}])) != []
    assert list(quality().iter_errors([{**entries[0], "location": {"path": "/etc", "lines": {"begin": 0}}}])) != []


def test_twin_problems_are_two_entries_and_a_waived_finding_is_none() -> None:
    twin = Problem(place(), "some-code", "the same")
    assert len({entry["fingerprint"] for entry in json.loads(render_gitlab(report(problems=(twin, twin))))}) == 2
    assert json.loads(render_gitlab(report(finding(status="waived")))) == []


def test_severities_are_told_in_the_words_of_gitlab() -> None:
    judged = report(*(finding(f"agent:{severity}", severity=severity) for severity in Severity))
    severities = [
        entry["severity"] for entry in json.loads(render_gitlab(altered(judged, problems=(Problem(place(), "c", "m"),))))
    ]
    assert severities == ["blocker", "critical", "major", "minor"]
