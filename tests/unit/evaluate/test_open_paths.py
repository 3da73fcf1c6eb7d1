"""Findings about paths: every hop with its line, why each gate on it does not count, and the fix."""

import pytest
from tests.support.worlds import findings, judge, only, policy_of

from shipcheck.evaluate import must_not_reach
from shipcheck.model.finding import Finding

BASE = "each: agent where entry\nmust_not_reach: action where sensitivity >= high\nalong: calls, delegates_to, starts"
HUMAN = "gate where decided_by == human and timing == before"
GATED = f"{BASE}\nunless_through: {HUMAN}"

WORLD = """
    shipcheck: 1
    agents:
      desk: {owner: care, calls: [{to: refund, through: [auto]}, refund]}
      front: {delegates_to: [{to: back, through: [late]}]}
      back: {entry: false, calls: [wire, {to: refund, through: [good]}]}
    actions:
      refund: {owner: pay, sensitivity: high}
      wire: {sensitivity: critical, guarded_by: [auto]}
    gates:
      good: {decided_by: human, timing: before}
      late: {decided_by: human, timing: after}
      auto: {decided_by: rule}
    teams: {pay: {}, care: {}}
"""


def summary(found: Finding) -> list[tuple[str, str, list[tuple[str, bool, str, list[str]]]]]:
    return [
        (
            hop.says,
            str(hop.location),
            [(gate.gate, gate.qualifies, str(gate.location), [reason.text for reason in gate.reasons]) for gate in hop.gates],
        )
        for hop in found.witness
    ]


def by_ends(policy: str, world: str) -> dict[tuple[str, str | None], Finding]:
    return {(found.subject, found.target): found for found in findings(policy, world)}


def test_a_finding_points_at_the_open_one_of_two_paths() -> None:
    found = by_ends(GATED, WORLD)["agent:desk", "action:refund"]
    assert summary(found) == [("agent:desk can call action:refund", "shipcheck.yaml:4:62", [])]
    assert str(found.location) == "shipcheck.yaml:4:62"


def test_every_hop_has_its_line_and_every_gate_its_reasons() -> None:
    found = by_ends(GATED, WORLD)["agent:front", "action:wire"]
    assert summary(found) == [
        (
            "agent:front delegates to agent:back",
            "shipcheck.yaml:5:31",
            [("gate:late", False, "shipcheck.yaml:5:47", ["timing is after"])],
        ),
        (
            "agent:back can call action:wire",
            "shipcheck.yaml:6:32",
            [("gate:auto", False, "shipcheck.yaml:9:46", ["decided_by is rule", "timing is not declared"])],
        ),
    ]
    assert str(found.location) == "shipcheck.yaml:5:31"


def test_a_gated_path_is_not_a_finding() -> None:
    assert set(by_ends(GATED, WORLD)) == {("agent:desk", "action:refund"), ("agent:front", "action:wire")}


def test_on_the_last_hop_a_gate_before_it_counts_but_too_early() -> None:
    early = f"{BASE}\nunless_through: gate where decided_by == human\ngate_on: last_hop"
    found = by_ends(early, WORLD)["agent:front", "action:wire"]
    assert summary(found)[0][2] == [("gate:late", True, "shipcheck.yaml:5:47", [])]
    assert str(found.location) == "shipcheck.yaml:6:32"


def test_without_gates_none_are_named() -> None:
    assert all(not hop.gates for found in findings(BASE, WORLD) for hop in found.witness)


def test_a_hop_backwards_is_read_as_it_is_declared() -> None:
    found = only(
        "each: action\nmust_not_reach: agent\nalong: called_by",
        "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {}}",
    )
    hop = found.witness[0]
    assert (hop.source, hop.link, hop.target, hop.says) == ("action:pay", "calls", "agent:a", "agent:a can call action:pay")
    assert str(found.location) == "shipcheck.yaml:2:22"


def test_a_path_back_to_its_start_is_a_finding() -> None:
    world = "shipcheck: 1\nagents: {a: {delegates_to: [b]}, b: {delegates_to: [a, c]}, c: {delegates_to: [c]}}"
    ends = by_ends("each: agent\nmust_not_reach: agent where it == from\nalong: delegates_to", world)
    assert {pair: len(one.witness) for pair, one in ends.items()} == {
        ("agent:a", "agent:a"): 2,
        ("agent:b", "agent:b"): 2,
        ("agent:c", "agent:c"): 1,
    }


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("action where from.owner != owner", [("agent:desk", "action:refund")]),
        ("action where owner == from.owner", [("agent:front", "action:refund")]),
        ("action where from in called_by", [("agent:desk", "action:refund")]),
        ("action where from.implemented_by is missing", [("agent:desk", "action:refund"), ("agent:front", "action:refund")]),
    ],
)
def test_a_target_may_be_told_by_the_subject(target: str, expected: list[tuple[str, str]]) -> None:
    world = WORLD.replace("front: {", "front: {owner: pay, ").replace("wire, ", "")
    assert sorted(by_ends(f"{BASE.replace('action where sensitivity >= high', target)}", world)) == expected


def test_a_gate_may_be_told_by_both_ends() -> None:
    world = """
        shipcheck: 1
        agents:
          a: {owner: care, calls: [{to: pay, through: [g]}, {to: mail, through: [g]}]}
          b: {owner: ops, calls: [{to: pay, through: [g]}]}
        actions: {pay: {effects: [payments]}, mail: {effects: [communication]}}
        gates: {g: {approvers: [care], covers: [payments]}}
        teams: {care: {}, ops: {}}
    """
    policy = (
        "each: agent\nmust_not_reach: action\nalong: calls\n"
        "unless_through: gate where to.effects all in covers and some t in approvers satisfies t != from.owner"
    )
    found = by_ends(policy, world)
    assert set(found) == {("agent:a", "action:pay"), ("agent:a", "action:mail")}
    assert [reason.text for reason in found["agent:a", "action:mail"].witness[0].gates[0].reasons] == [
        "covers is [payments]",
        "approvers is [care]",
        "t is care",
    ]


FIXED = """
    shipcheck: 1
    agents:
      a: {{calls: [pay], owner: care}}
      b: {{calls: [pay], owner: ops}}
    actions: {{pay: {{sensitivity: high}}}}
    gates: {{{gates}}}
    teams: {{care: {{}}, ops: {{}}}}
"""
OTHERS = f"{GATED} and some t in approvers satisfies t != from.owner"


def test_the_fix_names_a_gate_that_exists_and_qualifies_for_all() -> None:
    world = FIXED.format(gates="g: {decided_by: human, timing: before, approvers: [care, ops]}")
    fixes = [found.fix for found in findings(OTHERS, world)]
    assert [(fix.text, fix.snippet, fix.note, fix.clears) for fix in fixes] == [
        ("guard action:pay (shipcheck.yaml:6) with a qualifying gate", "guarded_by: [g]", "it exists and qualifies for all 2", 2)
    ] * 2


def test_the_fix_names_the_first_of_several_qualifying_gates() -> None:
    qualifying = "{decided_by: human, timing: before, approvers: [care, ops]}"
    fixes = [found.fix for found in findings(OTHERS, FIXED.format(gates=f"z: {qualifying}, m: {qualifying}"))]
    assert [fix.snippet for fix in fixes] == ["guarded_by: [m]"] * 2


def test_the_fix_names_no_gate_that_qualifies_for_only_some() -> None:
    world = FIXED.format(gates="g: {decided_by: human, timing: before, approvers: [care]}")
    assert all("it exists and qualifies" not in found.fix.note for found in findings(OTHERS, world))


def test_the_fix_says_what_a_gate_needs_where_none_is_near() -> None:
    fixes = [found.fix for found in findings(GATED, FIXED.format(gates="g: {decided_by: rule, timing: after}"))]
    assert [(fix.text, fix.snippet, fix.clears) for fix in fixes] == [
        ("guard action:pay (shipcheck.yaml:6) with a qualifying gate", "guarded_by: [pay-approval]", 2)
    ] * 2
    assert all(
        fix.note.startswith("no existing gate qualifies; a qualifying gate needs: decided_by is human; timing is before")
        for fix in fixes
    )


def test_the_fix_mends_no_gate_that_stands_elsewhere() -> None:
    fixes = [found.fix for found in findings(GATED, FIXED.format(gates="g: {decided_by: human, timing: after}"))]
    assert {(fix.text, fix.snippet) for fix in fixes} == {
        ("guard action:pay (shipcheck.yaml:6) with a qualifying gate", "guarded_by: [pay-approval]")
    }


def test_the_fix_changes_a_gate_that_is_on_the_path() -> None:
    world = FIXED.format(gates="g: {decided_by: human, timing: after}").replace("[pay], owner: ops", "[{to: pay, through: [g]}]")
    fix = by_ends(GATED, world)["agent:b", "action:pay"].fix
    assert (fix.text, fix.note) == (
        "make gate:g on this path qualify (shipcheck.yaml:7)",
        "timing is after; expected before",
    )


def test_the_fix_of_what_no_gate_can_guard_is_the_policys_own() -> None:
    policy = "each: agent\nmust_not_reach: model\nalong: runs_on\nfix: Take it out of reach."
    found = only(policy, "shipcheck: 1\nagents: {a: {runs_on: [m]}}\nmodels: {m: {}}")
    assert (found.fix.text, found.fix.location, found.fix.snippet) == ("Take it out of reach.", None, "")


def test_the_fix_of_missing_fields_says_what_to_write() -> None:
    policy = (
        "each: use_case\nmust: stage is set and owner is set and scorecard.value.score is set "
        "and scorecard.value.evidence is set and scorecard.scored_on is set\nfix: Declare what is missing."
    )
    found = only(policy, "shipcheck: 1\nuse_cases: {u: {}}")
    assert found.fix.text == "Declare what is missing."
    assert found.fix.snippet.splitlines() == [
        "stage: retired | candidate | pilot | production",
        "owner: TEAM",
        "scorecard: {value: {score: NUMBER, evidence: EVIDENCE}, scored_on: YYYY-MM-DD}",
    ]
    assert str(found.fix.location) == "shipcheck.yaml:2:13"


def test_the_owner_is_the_targets_else_the_subjects() -> None:
    found = by_ends(GATED, WORLD)
    assert {target: (one.owner, one.owner_of) for (_, target), one in found.items()} == {
        "action:refund": ("team:pay", "action:refund"),
        "action:wire": (None, ""),
    }
    one = only("each: agent where owner is set\nmust: title is set", WORLD)
    assert (one.owner, one.owner_of) == ("team:care", "agent:desk")


def test_findings_through_one_open_hop_share_it_as_their_cause() -> None:
    world = WORLD.replace("back: {entry: false", "back: {entry: true")
    causes = {found.cause for (_, target), found in by_ends(GATED, world).items() if target == "action:wire"}
    assert causes == {"agent:back calls action:wire"}


def test_findings_about_one_target_that_says_too_little_share_that_as_their_cause() -> None:
    world = "shipcheck: 1\nagents: {a: {calls: [pay]}, b: {calls: [pay]}}\nactions: {pay: {}}"
    found = findings(GATED, world)
    assert [one.cause for one in found] == ["action:pay.effects is not declared"] * 2
    assert [one.assumed for one in found] == [("action:pay.effects", "action:pay.reversible")] * 2
    missing = "effects of action:pay and reversible of action:pay"
    assert {one.headline for one in found} == {f"{missing} are not declared, so this cannot be ruled out: A rule"}


def test_a_subject_without_a_path_to_what_it_must_reach_is_a_finding_at_its_key() -> None:
    policy = "each: agent\nmust_reach: team where active\nalong: escalates_to, delegates_to"
    world = """
        shipcheck: 1
        agents: {a: {delegates_to: [b]}, b: {escalates_to: [t]}, c: {escalates_to: [gone]}, d: {}, e: {delegates_to: [e]}}
        teams: {t: {}, gone: {active: false}}
    """
    result = judge(policy_of(policy), world)
    assert [(found.subject, found.target, found.witness) for found in result.findings] == [
        ("agent:c", None, ()),
        ("agent:d", None, ()),
        ("agent:e", None, ()),
    ]
    assert (result.subjects, result.failed) == (5, 3)


def test_what_must_be_reached_may_be_told_by_the_subject() -> None:
    policy = "each: agent\nmust_reach: team where it == from.owner\nalong: escalates_to"
    world = """
        shipcheck: 1
        agents: {a: {escalates_to: [t], owner: t}, b: {escalates_to: [u], owner: t}, c: {escalates_to: [t]}}
        teams: {t: {}, u: {}}
    """
    assert [found.subject for found in findings(policy, world)] == ["agent:b", "agent:c"]


def test_results_count_every_failing_subject_and_pair() -> None:
    result = judge(policy_of(BASE), WORLD)
    assert (result.result, result.subjects, result.failed, len(result.findings), result.unlisted) == ("fail", 2, 2, 3, 0)


def test_very_many_pairs_are_listed_and_beyond_the_limit_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"a{number}" for number in range(50)]
    agents = ", ".join(f"{name}: {{delegates_to: [{', '.join(names)}]}}" for name in names)
    policy, world = policy_of("each: agent\nmust_not_reach: agent\nalong: delegates_to"), f"shipcheck: 1\nagents: {{{agents}}}\n"
    result = judge(policy, world)
    assert (result.failed, len(result.findings), result.unlisted) == (50, 2500, 0)
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 2400)
    result = judge(policy, world)
    assert (result.failed, len(result.findings), result.unlisted) == (50, 500, 2000)
