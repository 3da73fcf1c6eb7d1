"""How the pairs of a policy are searched for does not change which there are."""

from random import Random

import pytest
from tests.support.worlds import TODAY, graph_of, judge, policy_of, vocabulary

from shipcheck.evaluate import must_not_reach
from shipcheck.evaluate.evaluate import Evaluator

RULE = """each: agent
must_not_reach: action where sensitivity >= high
along: calls, delegates_to, starts
unless_through: gate where to.effects all in covers and no team in approvers satisfies team == from.owner
"""


def crowd(seed: int) -> str:
    """Agents of several teams, with gates on hops and on actions, some of which their own team approves."""
    random = Random(seed)  # noqa: S311 - a world, not a secret

    def some(letter: str, most: int, least: int = 0) -> str:
        return ", ".join(dict.fromkeys(f"{letter}{random.randrange(most)}" for _ in range(random.randrange(least, 3))))

    def effects() -> str:
        return ", ".join(random.sample(["payments", "communication", "egress"], random.randrange(1, 3)))

    def hop() -> str:
        return f"{{to: x{random.randrange(6)}, through: [g{random.randrange(4)}]}}"

    lines = ["shipcheck: 1", "teams: {t0: {}, t1: {}, t2: {}}", "agents:"]
    lines += [
        f"  a{number}: {{owner: t{random.randrange(3)}, calls: [{hop()}], delegates_to: [{some('a', 12)}]}}"
        for number in range(12)
    ]
    lines += ["actions:"]
    lines += [
        f"  x{number}: {{sensitivity: high, effects: [{effects()}], starts: [{some('a', 12)}], guarded_by: [{some('g', 4)}]}}"
        for number in range(6)
    ]
    lines += ["gates:", *(f"  g{number}: {{approvers: [{some('t', 3, 1)}], covers: [{effects()}]}}" for number in range(4))]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("last_hop", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_every_way_of_searching_finds_the_same(seed: int, last_hop: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    policy = policy_of(RULE + ("gate_on: last_hop\n" if last_hop else ""))
    usual = judge(policy, crowd(seed))
    # The gates near targets are found by a search, and each search is kept to what its subjects reach.
    monkeypatch.setattr(must_not_reach, "_FEW", 0)
    monkeypatch.setattr(must_not_reach, "_FEWER", 0)
    assert judge(policy, crowd(seed)) == usual


def test_agents_of_many_teams_are_searched_for_together_where_the_same_gates_qualify() -> None:
    teams = "".join(f"  t{number}: {{}}\n" for number in range(40))
    agents = "".join(
        f"  a{number}: {{owner: t{number}, calls: [{', '.join(f'x{n}' for n in range(20))}]}}\n" for number in range(40)
    )
    actions = "".join(f"  x{number}: {{sensitivity: high, effects: [egress], guarded_by: [g]}}\n" for number in range(20))
    gates = "  g: {approvers: [t0], covers: [egress]}\n"
    world = f"shipcheck: 1\nteams:\n{teams}agents:\n{agents}actions:\n{actions}gates:\n{gates}"
    evaluator = Evaluator(graph_of(world), vocabulary(), TODAY)
    before = evaluator.view.meter.steps_left
    result = evaluator.evaluate(policy_of(RULE))
    assert {finding.subject for finding in result.findings} == {"agent:a0"}
    assert before - evaluator.view.meter.steps_left < 1000


@pytest.mark.parametrize("agents", [50, 100])
def test_a_finding_costs_no_search_of_its_own(agents: int) -> None:
    entries = "".join(f"  a{number}: {{calls: [x{number}]}}\n" for number in range(agents))
    actions = "".join(f"  x{number}: {{sensitivity: high}}\n" for number in range(agents))
    world = f"shipcheck: 1\nagents:\n{entries}actions:\n{actions}"
    evaluator = Evaluator(graph_of(world), vocabulary(), TODAY)
    before = evaluator.view.meter.listing_left
    result = evaluator.evaluate(policy_of(RULE))
    assert (len(result.findings), result.unlisted) == (agents, 0)
    assert before - evaluator.view.meter.listing_left <= 5 * agents


@pytest.mark.parametrize("target", ["action where from.title is set", "agent where from.title != title"])
@pytest.mark.parametrize("seed", range(6))
def test_targets_that_depend_on_their_subject_are_counted_as_they_are_listed(
    seed: int, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = crowd(seed)
    for number in range(12):
        world = world.replace("{owner", f"{{title: y{number}, owner", 1)
    policy = policy_of(f"each: agent\nmust_not_reach: {target}\nalong: calls, delegates_to, starts")
    whole = judge(policy, world)
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 3)
    cut = judge(policy, world)
    assert (cut.failed, len(cut.findings) + cut.unlisted) == (whole.failed, len(whole.findings))
