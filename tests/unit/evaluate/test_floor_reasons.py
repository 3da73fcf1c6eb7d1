"""Why a component counts as more than it declares, as findings say it."""

import pytest
from tests.support.worlds import findings, only

SENSITIVE = "each: action where sensitivity >= high\nmust: count(guarded_by) >= 1"
NO_WAY = "each: agent\nmust_not_reach: action where sensitivity >= high\nalong: calls"
LADDER = "each: agent\nmust: count(calls) == 0\nseverity:\n  - error when stage == production\n  - note"


def world(fields: str, more: str = "") -> str:
    return f"shipcheck: 1\nagents: {{desk: {{calls: [act]}}}}\nactions:\n  act: {{{fields}}}\n{more}"


RAISED = "; use_case:work is production, not pilot (shipcheck.yaml:5), because it is"
FACTS = "effects: payments; reversible: false; acts_on: production"
UNDECLARED = "effects: payments; acts_on: production; reversible: not declared"
EFFECTS = "reversible: false; effects: not declared; writes_to: not declared"
GRAVE = "because it moves money, runs code, or destroys or changes something important, and cannot be undone"


@pytest.mark.parametrize(
    ("fields", "text", "assumed"),
    [
        (
            "sensitivity: low, effects: [payments], reversible: false, writes_to: [bank]",
            f"action:act is high, not low (shipcheck.yaml:4), {GRAVE} ({FACTS})",
            (),
        ),
        ("effects: [payments], reversible: false, writes_to: [bank]", f"action:act is high, {GRAVE} ({FACTS})", ()),
        (
            "sensitivity: low, effects: [payments], writes_to: [bank]",
            f"action:act is high, not low (shipcheck.yaml:4), {GRAVE} ({UNDECLARED})",
            ("action:act.reversible",),
        ),
        (
            "sensitivity: medium, reversible: false",
            f"action:act is high, not medium (shipcheck.yaml:4), {GRAVE} ({EFFECTS})",
            ("action:act.effects",),
        ),
    ],
)
def test_a_finding_says_by_which_rule_an_action_is_sensitive_and_what_it_assumes(
    fields: str, text: str, assumed: tuple[str, ...]
) -> None:
    for policy in (SENSITIVE, NO_WAY):
        found = only(policy, world(fields, "systems: {bank: {environment: production}}"))
        assert [ground.text for ground in found.grounds] == [text]
        assert found.assumed == assumed


def test_nobody_is_asked_to_declare_what_is_usual() -> None:
    found = only(SENSITIVE, world("effects: [payments], reversible: false, writes_to: [bank]", "systems: {bank: {}}"))
    assert found.assumed == ()
    facts = "effects: payments; reversible: false; system:bank.environment: not declared"
    assert [ground.text for ground in found.grounds] == [f"action:act is high, {GRAVE} ({facts})"]


def test_what_is_declared_has_no_reason() -> None:
    declared = "sensitivity: high, effects: [payments], reversible: true, writes_to: [bank]"
    assert only(SENSITIVE, world(declared, "systems: {bank: {criticality: low}}")).grounds == ()
    assert findings(SENSITIVE, world("effects: [], reversible: true")) == ()


@pytest.mark.parametrize(
    ("use", "note"),
    [
        ("stage: production", ""),
        (
            "stage: pilot",
            f"{RAISED} a pilot that anyone can use (audience: not declared)",
        ),
        (
            "stage: pilot, audience: public",
            f"{RAISED} a pilot that anyone can use (audience: public)",
        ),
        (
            "stage: pilot, audience: staff",
            f"{RAISED} a pilot that acts on something real (acts_on: production)",
        ),
    ],
)
def test_a_severity_says_why_the_stage_is_more_than_declared(use: str, note: str) -> None:
    manifest = world("effects: [], changes: [mood]", f"use_cases: {{work: {{{use}, uses: [desk]}}}}\nprompts: {{mood: {{}}}}")
    found = only(LADDER, manifest)
    assert [ground.text for ground in found.grounds] == [f"error because stage is production{note}"]
