"""Mutants: what is changed, one thing at a time, with names that a person can read and that stay the same."""

from dataclasses import replace

import pytest
from tests.support.worlds import plan_of, policy_of

from shipcheck.model.policy import MustReach, Pack
from shipcheck.pipeline.prepare import prepare
from shipcheck.policy_test.mutants import mutants


def names(text: str, *, above: str = "") -> list[str]:
    """The names of the mutants of one policy."""
    policy = policy_of(text, above=above)
    return [mutant.name for mutant in mutants(Pack("trial", "1.0.0", "", (), (policy,)))]


def test_a_conjunction_loses_each_part_and_becomes_a_choice() -> None:
    assert names("each: agent\nmust: entry and owner is set") == [
        "must: `entry and owner is set` with or",
        "must: drop `entry`",
        "must: drop `owner is set`",
        "must: not `entry`",
        "must: not `owner is set`",
    ]


SOME = "some a in calls satisfies a.reversible"
ONE_OF = "autonomy in [asks, acts]"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("count(calls) >= 2", ["`count(calls) >= 2` with >", "`2` one up", "`2` one down"]),
        (
            "entry or owner is set",
            ["`entry or owner is set` with and", "drop `entry`", "drop `owner is set`", "not `entry`", "not `owner is set`"],
        ),
        ("autonomy < acts", ["`autonomy < acts` with <=", "`acts` one down"]),
        (ONE_OF, [f"not `{ONE_OF}`", f"drop asks from `{ONE_OF}`", f"drop acts from `{ONE_OF}`"]),
        ("not entry", ["`not entry` without not", "not `entry`"]),
        (SOME, [f"`{SOME}` with every", f"`{SOME}` with no", "not `a.reversible`"]),
    ],
)
def test_each_operator_of_mutation(condition: str, expected: list[str]) -> None:
    assert names(f"each: agent\nmust: {condition}") == [f"must: {name}" for name in expected]


def test_a_walk_loses_its_links_its_gate_and_its_place() -> None:
    text = "each: agent where entry\nmust_not_reach: action where reversible\nalong: calls, delegates_to\nunless_through: gate"
    assert names(text) == [
        "each: drop where",
        "each: not `entry`",
        "along: drop calls",
        "along: drop delegates_to",
        "must_not_reach: drop where",
        "must_not_reach: not `reversible`",
        "drop unless_through",
        "gate_on: last_hop",
    ]


def test_a_walk_that_must_be_there_loses_its_bounds() -> None:
    policy = policy_of("each: agent\nmust_reach: action\nalong: calls")
    verb = policy.verb
    assert isinstance(verb, MustReach)
    bounded = replace(policy, verb=replace(verb, through=verb.target, within=3, every_way=True))
    found = [mutant.name for mutant in mutants(Pack("trial", "1.0.0", "", (), (bounded,)))]
    assert found == ["drop within", "within: one more", "within: one less", "drop every_way", "drop through"]


def test_groups_and_kinds_and_links_lose_theirs() -> None:
    assert names("all: use_case\nper: portfolio, decision.round\nmust: unique(title)")[:2] == [
        "per: drop portfolio",
        "per: drop decision.round",
    ]
    assert names("each: agent or model\nmust: owner is set")[:2] == ["each: drop agent", "each: drop model"]
    assert names("each: link calls, delegates_to where from.entry\nmust: from.owner is set")[:4] == [
        "each: drop where",
        "each: not `from.entry`",
        "each: drop calls",
        "each: drop delegates_to",
    ]


def test_a_ladder_is_climbed_otherwise() -> None:
    text = "each: agent\nmust: owner is set\nseverity:\n  - error when stage == production\n  - warning\n"
    assert names(text)[1:] == [
        "severity: swap error and warning",
        "severity: drop error",
        "severity: `stage == production` with !=",
        "severity: `production` one down",
    ]


def test_a_named_selector_is_changed_once_for_all_that_use_it() -> None:
    body = """
    select:
      payer: agent where entry
    policies:
      - {id: first, title: A, why: B., each: payer, must: owner is set}
      - {id: second, title: C, why: D., each: payer where autonomy is set, must: owner is set}
      - {id: third, title: E, why: F., each: agent, must: some a in delegates_to satisfies a is payer}
    """
    pack = plan_of(body).packs[0]
    found = [mutant for mutant in mutants(pack) if mutant.unit == "select payer"]
    assert [mutant.name for mutant in found] == ["drop where", "not `entry`"]
    assert [[policy.id for policy in mutant.policies] for mutant in found] == [["first", "second", "third"]] * 2


def test_of_the_core_pack_every_mutant_has_its_own_name_and_is_another_policy() -> None:
    pack = prepare(None).plan.packs[0]
    policies = {policy.id: replace(policy, message=()) for policy in pack.policies}
    found = list(mutants(pack))
    called = [str(mutant) for mutant in found]
    assert len(set(called)) == len(called)
    assert all(policy != policies[policy.id] for mutant in found for policy in mutant.policies)
