"""Components to paste: what a policy asks for is filled in, what a person decides is marked, and no marked manifest passes."""

import re
from pathlib import Path

import pytest
from tests.support.reports import DAY
from tests.support.running import write
from tests.support.worlds import manifest_of, vocabulary

from shipcheck.app.check import CheckRequest, check
from shipcheck.evaluate.drafts import mark
from shipcheck.model.component import Manifest
from shipcheck.model.finding import Finding
from shipcheck.model.report import Report

MANIFEST = """shipcheck: 1
defaults: {{owner: t}}
teams: {{t: {{contact: x, members: [ann]}}, risk: {{contact: z, members: [bob, cid]}}}}
use_cases: {{u: {{stage: production, uses: [a]}}}}
agents: {{a: {{entry: true, calls: [pay]}}}}
actions:
  pay:
    sensitivity: high
    effects: [payments]
    reversible: true
{action}
{declared}
"""
MARKED = [(kind.name, name) for kind in vocabulary().kinds.values() for name, spec in kind.declared.items() if spec.type != "map"]
FILLED = {
    "[TEAM]": "[risk]",
    "TEAM": "risk",
    "true | false": "true",
    "[{file: FILE, symbol: SYMBOL}]": "[{file: pay.py}]",
    "deny | suspend | allow": "deny",
    "[interactive | unattended | sub_agent]": "[interactive]",
    "[arguments | version | single_use | expiry]": "[arguments]",
    "[decision | input | output | approver | time]": "[decision, input, output, approver, time]",
}


def judged(folder: Path, action: str = "", declared: str = "") -> Report:
    action = "".join(f"    {line}\n" for line in action.splitlines())
    write(folder, {"shipcheck.yaml": MANIFEST.format(action=action, declared=declared), "pay.py": "def ask(): ...\n"})
    return check(CheckRequest(folder, DAY))


def only(report: Report, policy: str) -> Finding:
    (found,) = [each for each in report.findings if each.policy == policy]
    return found


def merged(*texts: str) -> str:
    """Sections to paste below each other, filled in."""
    text = "\n".join(texts)
    for marked, value in FILLED.items():
        text = text.replace(marked, value)
    return text


def test_a_gate_is_drafted_with_what_the_policy_asks_for(tmp_path: Path) -> None:
    fix = only(judged(tmp_path), "core/ungated-sensitive-action").fix
    assert fix.snippet == "guarded_by: [pay-approval]"
    assert fix.declare.splitlines() == [
        "gates:",
        "  pay-approval:",
        "    owner: TEAM",
        "    decided_by: human",
        "    timing: before",
        "    decisions: [approve, reject]",
        "    approvers: [TEAM]",
        "    covers: [payments]",
        "    on_timeout: deny",
        "    on_unavailable: deny | suspend | allow",
        "    fires_in: [interactive | unattended | sub_agent]",
        "    asker_may_approve: true | false",
        "    bound_to: [arguments | version | single_use | expiry]",
        "    verifies_approver: true | false",
        "    implemented_by: [{file: FILE, symbol: SYMBOL}]",
        "    audited_by: [AUDIT_SINK]",
    ]
    assert fix.beyond == (
        "at least one of approvers is one that is active and whose type is staff",
        "none of approvers is one whose type is end_users",
    )


def test_an_audit_sink_is_drafted_with_what_the_policy_asks_for(tmp_path: Path) -> None:
    fix = only(judged(tmp_path), "core/sensitive-action-without-audit").fix
    assert fix.snippet == "audited_by: [audit-trail]"
    assert fix.declare.splitlines() == [
        "audit_sinks:",
        "  audit-trail:",
        "    owner: TEAM",
        "    purpose: audit",
        "    retention_days: 183",
        "    tamper_evident: true",
        "    records: [decision | input | output | approver | time]",
        "    on_failure: stop",
        "    personal_data: true | false",
        "    implemented_by: [{file: FILE, symbol: SYMBOL}]",
    ]


def test_what_is_pasted_and_filled_in_clears_the_findings(tmp_path: Path) -> None:
    report = judged(tmp_path)
    gate, sink = (only(report, f"core/{name}").fix for name in ("ungated-sensitive-action", "sensitive-action-without-audit"))
    declared = merged(gate.declare, sink.declare).replace("[AUDIT_SINK]", "[audit-trail]")
    cleared = judged(tmp_path, f"{gate.snippet}\n{sink.snippet}", declared)
    assert cleared.judged.problems == ()
    policies = {each.policy for each in cleared.findings}
    assert policies.isdisjoint(
        {"core/ungated-sensitive-action", "core/sensitive-action-without-audit", "core/gate-without-audit"}
    )


def test_what_is_pasted_and_not_filled_in_is_refused(tmp_path: Path) -> None:
    report = judged(tmp_path)
    gate, sink = (only(report, f"core/{name}").fix for name in ("ungated-sensitive-action", "sensitive-action-without-audit"))
    pasted = judged(tmp_path, f"{gate.snippet}\n{sink.snippet}", f"{gate.declare}\n{sink.declare}")
    assert pasted.verdict == "incomplete"
    lines = gate.declare.splitlines() + sink.declare.splitlines()
    marked = [line for line in lines if re.search(r"\b[A-Z_]{3,}\b| \| ", line)]
    assert len({problem.location.line for problem in pasted.judged.problems}) == len(marked)


@pytest.mark.parametrize(("kind", "name"), MARKED)
def test_no_mark_of_any_field_is_a_value(kind: str, name: str) -> None:
    spec = vocabulary().kinds[kind]
    text = f"shipcheck: 1\n{spec.section}:\n  x:\n    {name}: {mark(spec.declared[name])}\n"
    assert not isinstance(manifest_of(text), Manifest), text


def test_a_drafted_name_is_free(tmp_path: Path) -> None:
    taken = "gates: {pay-approval: {decided_by: nobody}, pay-approval-2: {decided_by: nobody}}"
    fix = only(judged(tmp_path, declared=taken), "core/ungated-sensitive-action").fix
    assert fix.snippet == "guarded_by: [pay-approval-3]"
    assert "\n  pay-approval-3:\n" in fix.declare


def test_a_sink_that_qualifies_is_named_instead(tmp_path: Path) -> None:
    trail = "audit_sinks:\n  log: {purpose: trace}\n"
    trail += "  trail: {purpose: audit, tamper_evident: true, on_failure: stop, retention_days: 200}"
    fix = only(judged(tmp_path, "audited_by: [log]", trail), "core/sensitive-action-without-audit").fix
    assert (fix.snippet, fix.declare, fix.note) == ("audited_by: [log, trail]", "", "it exists and qualifies")
