"""What a run may spend: beyond it nothing passes in silence."""

import pytest
from tests.support.worlds import TODAY, findings, graph_of, judge, policy_of, vocabulary

from shipcheck.evaluate import failures as judging
from shipcheck.evaluate import findings as explaining
from shipcheck.evaluate import hops, meter, must_not_reach
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.pair_explainer import PairExplainer
from shipcheck.model.limit import WorkLimitError
from shipcheck.model.policy import Severity

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
    with pytest.raises(WorkLimitError, match="trial/the-rule cannot be judged: at use_case:u0, its lists are too long") as caught:
        findings(text, USE_CASES)
    assert str(caught.value).endswith("link fewer components to each other, or split the repository")
    assert caught.value.place.line == 4
    spend(monkeypatch, _FEWEST_ELEMENTS=3000)
    assert len(findings(text, USE_CASES)) == 30


def test_path_searches_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    spend(monkeypatch, _FEWEST_STEPS=10, _STEPS_A_COMPONENT=0)
    with pytest.raises(WorkLimitError, match="trial/the-rule cannot be judged: at agent:a0, its paths need too many searches"):
        findings(OPEN, CROWD)


def test_each_policy_has_a_budget_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    spend(monkeypatch, _FEWEST_STEPS=200, _STEPS_A_COMPONENT=0, _LISTING_STEPS=100)
    evaluator = Evaluator(graph_of(CROWD), vocabulary(), TODAY)
    for _ in range(20):
        result = evaluator.evaluate(policy_of(OPEN))
        assert (len(result.findings), result.unlisted) == (27, 0)


@pytest.mark.parametrize("text", ["each: use_case\nmust: title is set", "each: use_case\nmust_reach: agent\nalong: uses"])
def test_findings_beyond_the_most_are_counted(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_FINDINGS", 4)
    result = judge(policy_of(text), USE_CASES)
    assert (result.result, result.failed, len(result.findings), result.unlisted) == ("fail", 30, 4, 26)


@pytest.mark.parametrize(
    ("text", "world"),
    [
        ("each: use_case\nmust: title is set\nseverity:\n  - error when title is missing\n  - note", USE_CASES),
        ("each: use_case\nmust_reach: agent\nalong: uses", USE_CASES),
        (f"{OPEN}\nseverity:\n  - error when to.effects is set\n  - note", CROWD),
        ("each: link calls\nmust: to.title is set", CROWD),
        ("all: agent\nper: owner\nmust: count() < 2", CROWD),
    ],
)
def test_what_is_not_explained_is_listed_all_the_same(text: str, world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    explained = judge(policy_of(text), world)
    monkeypatch.setattr(explaining, "MOST_EXPLAINED", 3)
    stated = judge(policy_of(text), world)
    assert len(explained.findings) == len(stated.findings) > 0
    assert stated.unlisted == explained.unlisted == 0
    for one, other in zip(explained.findings, stated.findings, strict=True):
        assert (one.fingerprint, one.severity, one.message, one.owner) == (
            other.fingerprint,
            other.severity,
            other.message,
            other.owner,
        )
    assert [finding.cause.endswith("not explained") for finding in stated.findings][:4] == [False, False, False, True][
        : len(stated.findings)
    ]


def test_pairs_beyond_the_most_are_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 10)
    result = judge(policy_of(OPEN), CROWD)
    assert (result.failed, len(result.findings), result.unlisted) == (9, 10, 17)


@pytest.mark.parametrize(
    ("ladder", "severity"),
    [
        ("[error when stage == production, note]", Severity.NOTE),
        ("[error when from.title is missing, warning when to.title is missing, note]", Severity.ERROR),
    ],
)
def test_what_is_not_listed_is_as_severe_as_it_can_be_and_no_more(
    ladder: str, severity: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 10)
    agents = ", ".join(f"a{number}" for number in range(9))
    used = f"{CROWD}use_cases: {{u: {{stage: candidate, uses: [{agents}]}}}}\n"
    assert judge(policy_of(f"{OPEN}\nseverity: {ladder}"), used).highest_severity is severity


def test_where_there_is_no_time_for_pairs_every_failing_subject_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    spend(monkeypatch, _LISTING_STEPS=-1000)
    result = judge(policy_of(OPEN), CROWD)
    assert {finding.subject for finding in result.findings} == {f"agent:a{number}" for number in range(9)}
    assert len(result.findings) + result.unlisted == 27


def test_a_path_that_is_too_long_is_listed_without_its_hops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_HOPS", 0)
    world = "shipcheck: 1\nagents: {a: {delegates_to: [b]}, b: {calls: [x]}}\nactions: {x: {sensitivity: high}}\n"
    one, other = findings("each: agent\nmust_not_reach: action\nalong: calls, delegates_to", world)
    assert [(finding.subject, finding.target, len(finding.witness)) for finding in (one, other)] == [
        ("agent:a", "action:x", 0),
        ("agent:b", "action:x", 1),
    ]


def test_work_for_explanations_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "each: use_case\nmust: count(portfolio.candidates.uses) >= 1"
    whole = findings(text, USE_CASES)
    spend(monkeypatch, _FEWEST_ELEMENTS=930, _ELEMENTS_A_COMPONENT=0)
    short = findings(text, USE_CASES)
    assert [finding.fingerprint for finding in short] == [finding.fingerprint for finding in whole]
    assert all(finding.cause.endswith("not explained") for finding in short)


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


def test_what_is_asked_about_a_pair_has_a_budget_for_each_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(CROWD)
    nodes = {str(reference): node for reference, node in graph.index.items()}
    start, end = nodes["agent:a0"], nodes["action:pay"]
    spend(monkeypatch, _FEWEST_STEPS=20, _STEPS_A_COMPONENT=0)
    explainer = PairExplainer(graph, vocabulary(), TODAY)
    assert [explainer.answer(policy_of(OPEN), start, end).result for _ in range(9)] == ["fail"] * 9
    spend(monkeypatch, _FEWEST_STEPS=-1)
    with pytest.raises(WorkLimitError, match="trial/the-rule cannot be judged: at agent:a0"):
        explainer.answer(policy_of(OPEN), start, end)
