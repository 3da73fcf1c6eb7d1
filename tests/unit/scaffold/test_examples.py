"""Examples built from policies: each is judged by its policy, and nothing can be taken away from it."""

from datetime import date

import pytest
import yaml
from tests.support.worlds import judge, policy_of, vocabulary

from shipcheck.app.policy_example import examples_of, why_not
from shipcheck.model.policy import Policy
from shipcheck.pipeline.prepare import prepare

TODAY = date(2026, 11, 22)
CORE = {policy.id: policy for policy in prepare(None).plan.policies if policy.pack == "core"}
LONGEST = 40


# What no draft gives: facts, which only files have, floors, values of records in a list, components that are not the subject
# itself, and lists of people without anyone twice.
UNSOLVED = {
    "approvers-kept-by-own-team": {"fails"},
    "audit-code-not-code": {"fails"},
    "evidence-not-found": {"fails"},
    "gate-code-not-code": {"fails"},
    "gate-not-in-code": {"passes"},
    "production-acts-on-test": {"fails", "passes"},
    "prompt-not-found": {"passes"},
    "risk-understated": {"fails"},
    "selected-alone": {"passes"},
    "too-few-approvers": {"passes"},
    "use-case-not-evaluated": {"passes"},
}


@pytest.mark.parametrize("policy", UNSOLVED)
def test_a_world_that_cannot_be_made_up_is_not(policy: str) -> None:
    example = examples_of(CORE[policy], vocabulary(), TODAY)
    texts = {"fails": example.fails, "passes": example.passes}
    assert {side for side, text in texts.items() if not text} == UNSOLVED[policy]
    verdicts = {"fails": "fail", "passes": "pass"}
    assert all(judge(CORE[policy], text).result == verdicts[side] for side, text in texts.items() if text)


# They compare two revisions, and a manifest alone is one.
CHANGES = sorted(name for name in CORE if name.startswith("change-"))
ALONE = sorted(CORE.keys() - {*UNSOLVED, *CHANGES})


@pytest.mark.parametrize("policy", CHANGES)
def test_no_world_is_made_up_for_a_policy_about_two_revisions(policy: str) -> None:
    example = examples_of(CORE[policy], vocabulary(), TODAY)
    assert (example.fails, example.passes) == ("", "")
    assert any("needs two revisions" in reason for reason in example.unsolved)


@pytest.mark.parametrize("policy", [CORE[name] for name in ALONE], ids=lambda policy: policy.id)
def test_every_policy_of_the_core_pack_has_both_worlds(policy: Policy) -> None:
    example = examples_of(policy, vocabulary(), TODAY)
    assert judge(policy, example.fails).result == "fail"
    assert judge(policy, example.passes).result == "pass"
    assert example.unsolved == ()
    assert all(len(text.splitlines()) <= LONGEST for text in (example.fails, example.passes))


@pytest.mark.parametrize("policy", ["ungated-sensitive-action", "score-below-bar", "selected-but-dominated"])
def test_the_failing_world_turns_on_what_is_declared(policy: str) -> None:
    example = examples_of(CORE[policy], vocabulary(), TODAY)
    findings = judge(CORE[policy], example.fails).findings
    assert all(field.endswith(".stage") for finding in findings for field in finding.assumed)


def test_a_world_holds_nothing_that_it_does_not_need() -> None:
    example = examples_of(policy_of("each: action where sensitivity >= high\nmust: reversible"), vocabulary(), TODAY)
    assert yaml.safe_load(example.fails) == {"shipcheck": 1, "actions": {"action": {"sensitivity": "high", "reversible": False}}}
    assert yaml.safe_load(example.passes) == {"shipcheck": 1, "actions": {"action": {"sensitivity": "high", "reversible": True}}}


@pytest.mark.parametrize(
    "text",
    [
        "each: agent\nmust: count(calls) <= 2",
        'each: agent\nmust: title like "the *"',
        "all: agent\nmust_not_cycle: true\nalong: delegates_to",
        "each: agent\nmust_reach: audit_sink\nthrough: action where payments in effects\nalong: calls, audited_by",
        "each: agent\nmust_reach: team where active\nalong: escalates_to\nevery_way: true",
        "each: agent\nmust: every a in calls satisfies a.reversible",
        "each: agent\nmust: no a in calls satisfies not a.reversible",
        'each: gate\nmust: "[approve, reject] all in decisions"',
        "each: integration where status < implemented\nmust: due >= today + 14d",
        'each: agent\nmust: owner == "team:payables"',
        "each: link delegates_to where from.entry\nmust: from.owner != to.owner",
        "each: link calls\nmust: some g in gates satisfies g.decided_by == human",
        "each: agent where stage == production\nmust: autonomy in [suggests, asks]",
        "each: use_case\nmust_reach: audit_sink where purpose == audit\nalong: uses, calls, audited_by",
        "each: agent where sees >= secret\nmust_not_reach: action where egress in effects\nalong: calls",
        "all: use_case\nper: portfolio\nmust: share(stage == production) <= 50%",
        "all: use_case\nper: portfolio\nmust: count() <= 3",
    ],
)
def test_many_forms_of_policies_have_both_worlds(text: str) -> None:
    policy = policy_of(text)
    example = examples_of(policy, vocabulary(), TODAY)
    assert judge(policy, example.fails).result == "fail"
    assert judge(policy, example.passes).result == "pass"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "each: removed gate\nmust: owner is set",
            "cannot generate a component that is removed, which needs two revisions",
        ),
        (
            "each: action\nmust: sensitivity >= base.sensitivity",
            "cannot generate `base.sensitivity`, which needs two revisions",
        ),
    ],
)
def test_what_needs_two_revisions_says_so(text: str, reason: str) -> None:
    assert reason in why_not(examples_of(policy_of(text), vocabulary(), TODAY))


def test_what_cannot_be_built_is_said_with_the_reason() -> None:
    example = examples_of(policy_of("each: agent\nmust: 1 == 2"), vocabulary(), TODAY)
    assert example.passes == ""
    assert why_not(example) == (
        "cannot build a passing example of trial/the-rule: cannot generate `1 == 2`; write one by hand as a test"
    )
