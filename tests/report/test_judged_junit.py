"""JUnit XML: every policy and subject is a test, and a test fails where the check does."""

import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.reports import altered, finding, report, states

from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.report.check.junit import render as render_junit

# The schema that Jenkins itself ships, which .ci/run brings.
SCHEMA = Path(__file__).resolve().parents[2] / ".ci/schemas/junit-10.xsd"


def read(judged: Report) -> ET.Element:
    return ET.fromstring(render_junit(judged))  # noqa: S314 - written a moment ago


def validate(text: str, folder: Path) -> None:
    (folder / "junit.xml").write_text(text, "utf-8")
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", SCHEMA, folder / "junit.xml"], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.needs("xmllint")
@pytest.mark.needs("junit-10.xsd")
@pytest.mark.parametrize("name", states())
def test_jenkins_can_read_a_report_in_every_state(name: str, tmp_path: Path) -> None:
    validate(render_junit(states()[name]), tmp_path)


@pytest.mark.needs("xmllint")
@pytest.mark.needs("junit-10.xsd")
def test_the_schema_refuses_what_jenkins_does_not_know(tmp_path: Path) -> None:
    text = render_junit(report())
    for wrong in (
        text.replace("<system-out>", "<passed/><system-out>"),
        text.replace("<testsuites ", "<testsuites skipped='0' "),
        text.replace("classname", "line"),
    ):
        assert wrong != text
        with pytest.raises(AssertionError):
            validate(wrong, tmp_path)


@pytest.mark.parametrize("name", states())
def test_a_test_fails_exactly_where_the_check_does(name: str) -> None:
    judged = states()[name]
    root = read(judged)
    failing = judged.judged.problems or [
        found for found in judged.findings if found.severity >= judged.fail_on and found.status != "waived"
    ]
    assert len(list(root.iter("failure"))) == len(failing)
    assert (root.get("failures"), root.get("errors")) == (str(len(failing)), "0")
    assert len(list(root.iter("testcase"))) == int(root.get("tests") or 0) > 0


def test_every_policy_is_a_test_whether_it_fails_passes_or_has_nothing_to_judge() -> None:
    judged = states()["failing"]
    root = read(judged)
    for result in judged.judged.results:
        cases = root.findall(f".//testcase[@classname='{result.policy.replace('/', '.')}']")
        assert len([case for case in cases if case.find("failure") is not None or case.get("name", "").count(":")]) == len(
            result.findings
        )
        passing = [case for case in cases if case.get("name") in {"all subjects", "all other subjects"}]
        if result.result == "not_applicable":
            assert [case.find("skipped") is not None for case in cases] == [True]
        elif result.subjects > result.failed:
            count = result.subjects - result.failed
            assert [case.findtext("system-out") for case in passing] == [f"{count} subject{'s' * (count > 1)} judged"]
        else:
            assert passing == []


def test_a_finding_that_fails_no_check_is_a_test_that_passes_and_says_it() -> None:
    case = read(report(finding(severity=Severity.WARNING))).find(".//testcase")
    assert case is not None
    assert (case.find("failure"), case.get("name")) == (None, "agent:a -> action:c")
    assert (case.findtext("system-out") or "").startswith("warning: text cannot be\n")
    graver = replace(report(finding(severity=Severity.WARNING)), fail_on=Severity.WARNING)
    assert read(graver).find(".//failure") is not None


def test_a_waived_finding_is_skipped() -> None:
    skipped = read(report(finding(status="waived", waiver="it holds"))).find(".//skipped")
    assert skipped is not None
    assert skipped.get("message") == "waived: text cannot be; it holds"


@pytest.mark.parametrize(("highest_severity", "tag"), [(Severity.ERROR, "failure"), (Severity.WARNING, "system-out")])
def test_findings_too_many_to_list_are_a_test_of_their_own(highest_severity: Severity, tag: str) -> None:
    judged = report(finding())
    result = replace(judged.judged.results[0], unlisted=7, highest_severity=highest_severity)
    case = read(altered(judged, results=(result,))).find(".//testcase[@name='findings that are not listed']")
    assert case is not None
    assert case.findtext(tag) == "at least 7 findings are too many to list"
