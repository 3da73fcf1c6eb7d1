"""Conditions on lists that many components share: what is asked of the elements, and how often."""

import pytest
from tests.support.random_worlds import TODAY
from tests.support.worlds import graph_of, policy_of, vocabulary

from shipcheck.evaluate import long_lists
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.meter import Meter

ROUNDS = ("a", "b", "c")


def world(count: int) -> str:
    """Use cases of one portfolio in three rounds; every seventh was rejected, and every eleventh is not decided."""
    lines = ["shipcheck: 1", "portfolios: {p: {}}", "use_cases:"]
    for number in range(count):
        result = "rejected" if number % 7 == 0 else "selected"
        decision = "" if number % 11 == 0 else f", decision: {{result: {result}, round: {ROUNDS[number % 3]}}}"
        lines.append(f"  u{number}: {{portfolio: p{decision}}}")
    return "\n".join(lines) + "\n"


def outcomes(condition: str, count: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """The subjects that fail, and how many elements were read."""
    read: list[int] = []
    monkeypatch.setattr(Meter, "spend_elements", lambda _, elements: read.append(elements))
    evaluator = Evaluator(graph_of(world(count)), vocabulary(), TODAY)
    policy = policy_of(f"each: use_case\nmust: {condition}")
    judged = evaluator.judge.judge(evaluator.compiler.compile(policy))
    return [failure.subject.text for failure in judged.failures], sum(read)


CONDITIONS = (
    "no other in portfolio.candidates satisfies (other.decision.result == rejected and other.decision.round == decision.round)",
    "no other in portfolio.candidates satisfies (other.decision.round == decision.round and other != it)",
    "some other in portfolio.candidates satisfies (other.decision.result == rejected and other.decision.round == decision.round)",
    "every other in portfolio.candidates satisfies (other.decision.result == rejected or other.decision.round != decision.round)",
    "count(portfolio.candidates where decision.result == rejected and decision.round == subject.decision.round) >= 2",
    "no other in portfolio.candidates satisfies (other.decision.result == selected)",
    "no other in portfolio.candidates satisfies (other.decision.result == rejected and other.title == title)",
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_is_shared_changes_no_answer(condition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, _ = outcomes(condition, 60, monkeypatch)
    monkeypatch.setattr(long_lists, "FEW", 1000)
    alone, _ = outcomes(condition, 60, monkeypatch)
    assert shared == alone


def test_components_with_the_same_values_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _, few = outcomes(CONDITIONS[0], 300, monkeypatch)
    _, many = outcomes(CONDITIONS[0], 600, monkeypatch)
    assert few < 300 * 4
    assert many < 600 * 4
