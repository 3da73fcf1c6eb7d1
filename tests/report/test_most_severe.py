"""Very large results: each output stays small enough to be read, and says what it leaves out."""

import json
from dataclasses import replace

import pytest
from tests.support.reports import POLICY, altered, finding, report

from shipcheck.model.change import Change
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Report
from shipcheck.report.check import most_severe
from shipcheck.report.formats import render

MANY = 30


def large() -> Report:
    """A report in which one finding of many is an error; the others are warnings, and the last is waived."""
    found = [finding(f"agent:a{number}", severity=Severity.WARNING) for number in range(MANY)]
    found[MANY // 2] = finding("agent:worst", severity=Severity.ERROR)
    found[-1] = finding("agent:excused", severity=Severity.ERROR, status="waived")
    return altered(report(), results=(PolicyResult(POLICY, "fail", MANY, MANY, tuple(found)),))


def test_a_large_report_lists_the_gravest_in_their_order_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(render("check", "json", large()))
    monkeypatch.setattr("shipcheck.report.check.json.MOST_OF_FINDINGS", 12_000)
    short = json.loads(render("check", "json", large()))
    listed = [one["subject"] for one in short["findings"]]
    assert listed == [one["subject"] for one in whole["findings"] if one["subject"] in listed]
    assert 1 < len(listed) < MANY
    assert "agent:worst" in listed
    assert "agent:excused" not in listed
    assert (len(whole["findings"]), whole["counts"]["unlisted"]) == (MANY, 0)
    assert short["counts"]["unlisted"] == MANY - len(listed)
    assert {**short, "findings": 0, "counts": 0} == {**whole, "findings": 0, "counts": 0}


def test_a_large_report_counts_the_changes_that_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = tuple(Change("added", f"agent:a{number}", "is new") for number in range(MANY))
    monkeypatch.setattr("shipcheck.report.check.json.MOST_OF_CHANGES", 1000)
    printed = json.loads(render("check", "json", altered(report(), changes=changes)))
    assert 1 < len(printed["changes"]) < MANY
    assert len(printed["changes"]) + printed["counts"]["unlisted_changes"] == MANY


def test_a_large_report_is_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = render("check", "json", large())
    monkeypatch.setattr("shipcheck.report.check.json.MOST_INDENTED", 0)
    compact = render("check", "json", large())
    assert json.loads(compact) == json.loads(usual)
    assert compact.count("\n") == 1


@pytest.mark.parametrize(("name", "failing"), [("gitlab", '"critical"'), ("azure", "type=error"), ("junit", "<failure")])
@pytest.mark.parametrize("most", [0, 3000])
def test_what_is_left_out_of_a_policy_is_not_a_pass(monkeypatch: pytest.MonkeyPatch, name: str, failing: str, most: int) -> None:
    """Introduced warnings are listed before errors that the base has as well, and can fill all there is."""
    new = tuple(finding(f"agent:a{number}", severity=Severity.WARNING, change="introduced") for number in range(MANY))
    old = tuple(
        finding(f"agent:b{number}", policy="core/other", severity=Severity.ERROR, change="unchanged") for number in range(2)
    )
    accepted = tuple(replace(one, status="waived") for one in old)
    monkeypatch.setattr("shipcheck.report.check.most_severe.MOST_OF_FINDINGS", most)
    first = PolicyResult(POLICY, "fail", MANY, MANY, new)
    fails = altered(report(), results=(first, PolicyResult("core/other", "fail", 2, 2, old)))
    passes = altered(report(), results=(first, PolicyResult("core/other", "waived", 2, 2, accepted)))
    assert (fails.verdict, failing in render("check", name, fails)) == ("fail", True)
    assert (passes.verdict, failing in render("check", name, passes)) == ("pass", False)


def test_the_limits_together_keep_a_report_below_twenty_megabytes() -> None:
    assert most_severe.MOST_OF_FINDINGS + most_severe.MOST_OF_CHANGES + most_severe.MOST_OF_CAUSES < 20_000_000
