"""What findings have in common: one missing fact is one cause, and nothing that is found is lost or excused by that."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.support.reports import DAY, finding, place, report, states
from tests.support.running import write

from shipcheck.app.check import CheckRequest, check
from shipcheck.causes.first_screen import with_screen
from shipcheck.model.finding import Finding, Reason
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Report
from shipcheck.model.screen import NO_SCREEN, Cause
from shipcheck.report.check.text import render as render_text

TEAM = "shipcheck: 1\nteams: {t: {contact: x}, risk: {contact: z}}\ndefaults: {owner: t}\n"
LOCAL = """pack: local
version: 1.0.0
{head}policies:
  - id: titled
    title: Every agent has a title
    why: A reader must know what it does.
    each: agent
    must: title is set
    {own}
"""


def judged(folder: Path, text: str, **files: str) -> Report:
    write(folder, {"shipcheck.yaml": f"{TEAM}{text}", **{name.replace("__", "/"): content for name, content in files.items()}})
    return check(CheckRequest(folder, DAY))


def cause_of(report: Report, policy: str) -> Cause:
    """The only cause with a finding of a policy."""
    (cause,) = [cause for cause in report.screen.causes if any(each.policy == policy for each in cause.findings)]
    return cause


def lacking(*fields: str, **changed: Any) -> Finding:
    """A finding whose subject does not declare these fields, which are all that is wrong."""
    reasons = tuple(
        Reason(f"{field} is not declared", "", f"agent:a.{field}", missing=True, location=place()) for field in fields
    )
    return finding(target=None, witness=(), reasons=reasons, **changed)


def waiting(*fields: str, subject: str = "agent:b", **changed: Any) -> Finding:
    """A finding that only holds depending on these fields of another component."""
    return finding(subject, waits_for=tuple(f"agent:a.{field}" for field in fields), doubt="if so: ", **changed)


def test_a_use_case_of_which_no_decision_is_known_is_not_said_to_be_decided_on(tmp_path: Path) -> None:
    """Two policies read the same missing field in ways that exclude each other: one asks for it, the other waits."""
    found = judged(tmp_path, "use_cases:\n  old-idea: {stage: production}\n")
    cause = cause_of(found, "core/live-without-selection")
    assert cause.title == "use_case:old-idea does not declare decision.result and decision.date"
    assert cause.asks == ("use_case:old-idea.decision.result", "use_case:old-idea.decision.date")
    assert [each.policy for each in cause.blocks[0].waiting] == ["core/score-below-bar", "core/decision-unrecorded"]
    printed = render_text(found)
    assert "was never selected" in printed
    assert "is selected with a score" not in printed
    assert "also decides: 1 warning of core/decision-unrecorded\n         1 warning of core/score-below-bar" in printed


def test_what_a_hidden_claim_is_about_is_told_in_full_without_the_claim(tmp_path: Path) -> None:
    found = replace(judged(tmp_path, "use_cases:\n  old-idea: {stage: production}\n"), full=True)
    printed = render_text(found)
    assert "is selected with a score" not in printed
    assert "warning core/score-below-bar: use_case:old-idea (shipcheck.yaml:5)" in printed


def test_actions_that_lack_the_same_fields_are_one_cause_and_others_another(tmp_path: Path) -> None:
    text = (
        "use_cases: {u: {stage: production, uses: [a]}}\nagents: {a: {calls: [one, two, three]}}\n"
        "actions: {one: {}, two: {}, three: {sensitivity: high, reversible: false}}\n"
    )
    causes = [cause for cause in judged(tmp_path, text).screen.causes if cause.name.startswith("core/action-risk-undeclared")]
    assert [(cause.name, cause.title, cause.alike) for cause in causes] == [
        (
            "core/action-risk-undeclared: effects, reversible",
            "2 actions do not declare effects and reversible",
            2,
        ),
        ("core/action-risk-undeclared: effects", "three does not declare both effects and reversible", 1),
    ]
    assert {each.target or each.subject for each in causes[0].findings} >= {"action:one", "action:two"}


def test_an_unknown_that_nobody_asks_for_is_its_own_cause(tmp_path: Path) -> None:
    text = "use_cases: {u: {stage: production, uses: [a]}}\nagents: {a: {calls: [look]}}\n"
    text += "systems: {crm: {owner: t}, erp: {owner: t}}\n"
    text += "actions: {look: {sensitivity: low, effects: [], reversible: true, reads_from: [crm, erp]}}\n"
    cause = cause_of(judged(tmp_path, text), "core/external-system-trusted")
    assert (cause.name, cause.title) == ("system.external", "2 systems do not declare external")
    assert [block.waiting for block in cause.blocks] == [()]


def test_a_waiver_of_what_asks_excuses_nothing_that_waits(tmp_path: Path) -> None:
    text = "use_cases:\n  old-idea: {stage: production}\n"
    waiver = (
        "shipcheck: 1\nwaivers:\n  - {policy: core/live-without-selection, subject: use_case:old-idea, up_to: error, reason: r,"
        " owner: t, approver: risk, until: 2027-01-31}\n"
    )
    found = judged(tmp_path, text, **{".shipcheck__waivers.yaml": waiver})
    status = {each.policy: each.status for each in found.findings}
    assert status["core/live-without-selection"] == "waived"
    assert status["core/decision-unrecorded"] == "live"
    cause = cause_of(found, "core/decision-unrecorded")
    assert (cause.name, cause.waived) == ("use_case.decision.result", False)
    assert "warning: decision.result is not declared" in render_text(replace(found, fail_on=Severity.WARNING))
    assert [cause.name for cause in found.screen.waived] == ["waived core/live-without-selection"]


def test_a_cause_is_as_grave_and_as_new_as_its_worst_finding() -> None:
    asks = lacking("entry", severity=Severity.NOTE, change="unchanged")
    grave = waiting("entry", severity=Severity.ERROR, change="introduced")
    (cause,) = report(asks, grave).screen.causes
    assert (cause.severity, cause.change) == (Severity.ERROR, "introduced")
    assert cause.head == grave
    assert cause.title == "text cannot be"


def test_what_asks_for_more_fields_takes_in_what_asks_for_some_of_them() -> None:
    more, some, other = lacking("entry", "autonomy"), lacking("entry", message="less"), lacking("entry", "title", message="other")
    causes = report(more, some, other).screen.causes
    assert [[each.message for each in cause.findings] for cause in causes] == [["text cannot be", "less"], ["other"]]


def test_old_and_new_findings_of_one_policy_are_two_causes() -> None:
    old, new = finding("agent:b", target="action:d", change="unchanged"), finding("agent:z", change="introduced")
    causes = report(old, new).screen.causes
    assert [(cause.name, cause.change) for cause in causes] == [
        ("trial/the-rule", "introduced"),
        ("trial/the-rule (in the base)", "unchanged"),
    ]


@pytest.mark.parametrize(
    ("head", "own", "concern"),
    [
        ("", "severity: error", "safety"),
        ("concern: process\n", "severity: error", "process"),
        ("concern: process\n", "concern: safety", "safety"),
        ("", "concern: change", "change"),
    ],
)
def test_a_pack_says_what_its_policies_are_about(head: str, own: str, concern: str, tmp_path: Path) -> None:
    pack = LOCAL.format(head=head, own=own)
    settings = "shipcheck: 1\npacks: [local]\n"
    files = {".shipcheck__local__pack.yaml": pack, ".shipcheck__settings.yaml": settings}
    assert cause_of(judged(tmp_path, "agents: {a: {}}\n", **files), "local/titled").concern == concern


def test_a_concern_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    files = {".shipcheck__local__pack.yaml": LOCAL.format(head="concern: paperwork\n", own="severity: error")}
    (problem,) = judged(tmp_path, "agents: {a: {}}\n", **files).judged.problems
    assert (problem.code, problem.message) == ("P001", "concern must be one of change, safety or process")


def test_safety_comes_before_process_and_notes_come_last() -> None:
    paper = finding(policy="trial/paper", target="action:d")
    safe = finding(policy="trial/safe", severity=Severity.WARNING)
    note = finding(policy="trial/note", target="action:e", severity=Severity.NOTE)
    made = report(paper, safe, note)
    policies = [replace(made.judged.policies[0], id=name) for name in ("paper", "safe", "note")]
    policies[0] = replace(policies[0], concern="process")
    results = tuple(
        PolicyResult(each.name, "fail", 1, 1, (found,)) for each, found in zip(policies, (paper, safe, note), strict=True)
    )
    made = with_screen(replace(made, judged=replace(made.judged, policies=tuple(policies), results=results)))
    assert [cause.name for cause in made.screen.causes] == ["trial/safe", "trial/paper", "trial/note"]
    assert made.screen.most_severe == (paper, safe, note)
    assert made.screen.first is not None
    assert made.screen.to_pass is not None


@pytest.mark.parametrize("name", states())
def test_every_finding_is_in_one_cause_and_the_verdict_knows_of_none(name: str) -> None:
    made = states()[name]
    told = Counter(each for cause in (*made.screen.causes, *made.screen.waived) for each in cause.findings)
    assert told == Counter(made.findings)
    names = [cause.name for cause in (*made.screen.causes, *made.screen.waived)]
    assert len(names) == len(set(names))
    without = replace(made, screen=NO_SCREEN)
    assert (without.verdict, without.exit_code) == (made.verdict, made.exit_code)
    for cause in made.screen.causes:
        assert cause.severity == max(each.severity for each in cause.findings)
        assert {each.status == "waived" for each in cause.findings} == {cause.waived}


def test_what_may_be_no_finding_is_not_told_to_be_fixed_but_declared(tmp_path: Path) -> None:
    text = (
        "use_cases: {u: {stage: production, uses: [a]}}\nagents: {a: {calls: [look]}}\nsystems: {crm: {}}\n"
        "actions: {look: {sensitivity: low, effects: [], reversible: true, reads_from: [crm]}}\n"
    )
    found = judged(tmp_path, text)
    cause = cause_of(found, "core/external-system-trusted")
    assert cause.blocks[0].declare == "declare external and untrusted of system:crm"
    assert "fix    declare external and untrusted of system:crm first; whether this is a finding depends on it" in render_text(
        found
    )
