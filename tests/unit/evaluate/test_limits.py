"""What a run may spend: beyond it nothing passes in silence."""

import pytest
from tests.support.worlds import TODAY, findings, graph_of, judge, policy_of, vocabulary

from shipcheck.errors import CannotJudgeError
from shipcheck.evaluate import evaluate, hops, meter, must_not_reach
from shipcheck.evaluate import failures as judging
from shipcheck.evaluate.evaluate import Evaluator

USE_CASES = "shipcheck: 1\nportfolios: {p: {}}\nuse_cases:\n" + "".join(f"  u{n}: {{portfolio: p}}\n" for n in range(30))
CROWD = (
    "shipcheck: 1\nagents:\n"
    + "".join(f"  a{n}: {{calls: [pay, wipe, mail]}}\n" for n in range(9))
    + "actions: {pay: {sensitivity: high}, wipe: {sensitivity: high}, mail: {sensitivity: high}}\n"
)
OPEN = "each: agent\nmust_not_reach: action where sensitivity >= high\nalong: calls"


def spend(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    for name, most in limits.items():
        monkeypatch.setattr(meter, name, most)


def test_lists_that_are_compared_with_lists_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "each: use_case\nmust: no other in portfolio.candidates satisfies (other.title == title and other != it)"
    spend(monkeypatch, _FEWEST_ELEMENTS=700, _ELEMENTS_A_COMPONENT=0)
    with pytest.raises(CannotJudgeError, match="lists too long to judge"):
        findings(text, USE_CASES)
    spend(monkeypatch, _FEWEST_ELEMENTS=3000)
    assert len(findings(text, USE_CASES)) == 30


def test_path_searches_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    spend(monkeypatch, _FEWEST_STEPS=10, _STEPS_A_COMPONENT=0)
    with pytest.raises(CannotJudgeError, match="too many paths to judge"):
        findings(OPEN, CROWD)


@pytest.mark.parametrize("text", ["each: use_case\nmust: title is set", "each: use_case\nmust_reach: agent\nalong: uses"])
def test_findings_beyond_the_most_are_counted(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_FINDINGS", 4)
    result = judge(policy_of(text), USE_CASES)
    assert (result.result, result.failed, len(result.findings), result.unlisted) == ("fail", 30, 4, 26)


def test_pairs_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 10)
    result = judge(policy_of(OPEN), CROWD)
    assert (result.failed, len(result.findings), result.unlisted) == (9, 10, 17)


def test_where_there_is_no_time_for_pairs_every_failing_subject_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    spend(monkeypatch, _LISTING_STEPS=0)
    result = judge(policy_of(OPEN), CROWD)
    assert {finding.subject for finding in result.findings} == {f"agent:a{number}" for number in range(9)}
    assert result.unlisted >= 1


def test_what_is_explained_is_bounded_over_all_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "_MOST_EXPLAINED", 12)
    monkeypatch.setattr(evaluate, "_FEWEST_EXPLAINED", 2)
    evaluator = Evaluator(graph_of(CROWD), vocabulary(), TODAY)
    results = [evaluator.evaluate(policy_of(f"each: agent\nmust: {field} is set")) for field in ("title", "description", "owner")]
    assert [len(result.findings) for result in results] == [9, 3, 2]
    assert [len(result.findings) + result.unlisted for result in results] == [9, 9, 9]


def test_gates_beyond_the_most_on_one_hop_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hops, "MOST_GATES", 2)
    world = """shipcheck: 1
agents: {a: {calls: [{to: x, through: [g, h, i, j]}]}}
actions: {x: {sensitivity: high}}
gates: {g: {}, h: {}, i: {}, j: {}}
"""
    (finding,) = findings(f"{OPEN}\nunless_through: gate where decided_by == human", world)
    (hop,) = finding.witness
    assert ([verdict.gate for verdict in hop.gates], hop.more_gates) == (["gate:g", "gate:h"], 2)


def test_that_no_gate_qualifies_is_only_said_where_all_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    world = CROWD + "gates: {g: {}, h: {}}\n"
    text = f"{OPEN}\nunless_through: gate where decided_by == human"
    assert all(finding.fix.note.startswith("no existing gate qualifies") for finding in findings(text, world))
    spend(monkeypatch, _GATES_TRIED=1)
    assert not any("no existing gate qualifies" in finding.fix.note for finding in findings(text, world))
