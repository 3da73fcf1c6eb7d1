"""Path policies against two naive readings of the language, over random worlds; and every walk that is printed, checked."""

from collections import Counter
from random import Random

import pytest
from tests.oracle.judged import WORLDS, Step, findings, walks
from tests.oracle.naive import REACHES, RULES, Hop, Rule, fit_gates, hops_of, open_pairs, open_pairs_by_networkx, unreached
from tests.oracle.worlds import World, random_world

SHARDS = 16
PER_SHARD = (WORLDS or 3200) // SHARDS
SMALL = 8


def worlds(shard: int, share: int = 1) -> list[tuple[int, World]]:
    """The worlds of one shard, or one of so many of them."""
    seeds = range(shard * PER_SHARD, (shard + 1) * PER_SHARD, share)
    return [(seed, random_world(Random(seed))) for seed in seeds]  # noqa: S311 - worlds, not secrets


def walkable(world: World) -> int:
    return sum(not reference.startswith("team:") for reference in world.things)


def check_walk(hops: list[Hop], fit: frozenset[str], rule: Rule, ends: tuple[str, str], steps: list[Step]) -> None:
    """An independent check of one walk: declared hops from end to end, past no fit gate where one counts."""
    nodes = [ends[0], *(step[2] for step in steps)]
    assert [step[0] for step in steps] == nodes[:-1]
    assert nodes[-1] == ends[1]
    for number, (source, link, target) in enumerate(steps):
        declared = [hop for hop in hops if (hop.source, hop.link, hop.target) == (source, link, target)]
        assert declared
        if not rule.last_hop or number == len(steps) - 1:
            assert any(not fit & set(hop.gates) for hop in declared)
            assert number == 0 or source not in fit


@pytest.mark.parametrize("shard", range(SHARDS))
def test_pairs_and_lengths_agree_with_both_readings(shard: int) -> None:
    for seed, world in worlds(shard):
        chosen = Random(seed + 1).sample(RULES, 4)  # noqa: S311
        for rule, found in zip(chosen, walks(world, *chosen), strict=True):
            lengths = {ends: len(steps) for ends, steps in found.items()}
            assert lengths == open_pairs_by_networkx(world, rule), (seed, rule.name, world.text())
            if walkable(world) <= SMALL:
                assert lengths == open_pairs(world, rule), (seed, rule.name, world.text())
            hops = hops_of(world, rule)
            for ends, steps in found.items():
                check_walk(hops, fit_gates(world, rule, *ends), rule, ends, steps)


@pytest.mark.parametrize("shard", range(4))
def test_findings_print_those_walks_with_their_gates(shard: int) -> None:
    for seed, world in worlds(shard, share=10):
        for rule, found, told in zip(RULES, walks(world, *RULES), findings(world, *RULES), strict=True):
            printed = {
                (one.subject, str(one.target)): [(hop.source, hop.link, hop.target) for hop in one.witness] for one in told
            }
            assert printed == found, (seed, rule.name)
            assert len(printed) == len(told), (seed, rule.name)
            named = {(hop.source, hop.target, hop.link, frozenset(hop.gates)) for hop in hops_of(world, rule)}
            for one in told:
                fit = fit_gates(world, rule, one.subject, str(one.target))
                for hop in one.witness:
                    gates = frozenset(gate.gate for gate in hop.gates)
                    assert not rule.gate or (hop.source, hop.target, hop.link, gates) in named
                    assert all(gate.fits is (gate.gate in fit) and gate.fits is not bool(gate.reasons) for gate in hop.gates)


@pytest.mark.parametrize("shard", range(2))
def test_what_must_be_reached_agrees(shard: int) -> None:
    for seed, world in worlds(shard):
        for rule, found in zip(REACHES, findings(world, *REACHES), strict=True):
            assert [one.subject for one in found] == unreached(world, rule), (seed, rule.name, world.text())


def test_a_walk_is_the_first_of_the_shortest_by_link_and_name() -> None:
    """Of several shortest open walks the one is printed whose links and names come first."""
    several = 0
    for seed, world in worlds(3):
        if walkable(world) <= SMALL:
            for rule, found in zip(RULES, walks(world, *RULES), strict=True):
                for ends, steps in found.items():
                    every = shortest_walks(world, rule, ends, len(steps))
                    several += len(every) > 1
                    assert [(link, target) for _, link, target in steps] == min(every), (seed, rule.name, world.text())
    assert several > 20


def shortest_walks(world: World, rule: Rule, ends: tuple[str, str], length: int) -> list[list[tuple[str, str]]]:
    """Every open walk of that length between two ends, as links and names."""
    fit = fit_gates(world, rule, *ends)
    hops = hops_of(world, rule)
    found: list[list[Hop]] = [[]]
    for depth in range(length):
        counts = not rule.last_hop or depth == length - 1
        found = [
            [*walk, hop]
            for walk in found
            for hop in hops
            if hop.source == (walk[-1].target if walk else ends[0])
            and not (counts and (fit & set(hop.gates) or (depth > 0 and hop.source in fit)))
        ]
    return [[(hop.link, hop.target) for hop in walk] for walk in found if walk[-1].target == ends[1]]


def test_the_same_world_gives_the_same_findings_again() -> None:
    for _, world in worlds(5, share=5):
        assert findings(world, *RULES[:6]) == findings(world, *RULES[:6])


def test_the_worlds_are_neither_all_clear_nor_all_open() -> None:
    found: Counter[str] = Counter()
    sizes: Counter[bool] = Counter()
    drawn = worlds(0)
    for _, world in drawn:
        sizes[walkable(world) <= SMALL] += 1
        found.update(rule.name for rule in RULES if open_pairs_by_networkx(world, rule))
    shares = {rule.name: found[rule.name] / len(drawn) for rule in RULES}
    assert 0.3 <= sum(shares.values()) / len(shares) <= 0.7, shares
    assert min(shares.values()) >= 0.05, shares
    assert 0.3 <= sizes[True] / len(drawn) <= 0.8, sizes
