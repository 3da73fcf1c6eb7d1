"""Whole repositories, from bytes to report, against the naive reading; and every printed walk, checked."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.oracle.naive import Naive
from tests.oracle.repositories import as_json, files_of, judge, policy_id, world_of
from tests.oracle.rules import BY_NAME, RULES, WALKS, Rule
from tests.oracle.witness import Step, accepts, is_circle, never_meets
from tests.oracle.worlds import Item, Thing, World
from tests.support.cases import each_seed, shards
from tests.support.running import run, write
from tests.support.worlds import TODAY

SHARDS = 8
Told = set[tuple[str, str, str, str, int]]


def expected(naive: Naive, rules: tuple[Rule, ...]) -> Told:
    """What a report is to say: policy, subject, target, severity and length of the walk."""
    return {
        (policy_id(rule), *key, naive.severity(rule, key) if "each" in rule.data else "error", length)
        for rule in rules
        for key, length in naive.judge(rule).items()
    }


def told(report: dict[str, object]) -> Told:
    """What a report says."""
    found = report["findings"]
    assert isinstance(found, list)
    return {
        (one["policy"].removeprefix("local/"), one["subject"], one["target"] or "", one["severity"], hops_of(one))
        for one in found
    }


def hops_of(finding: dict[str, Any]) -> int:
    """The length of an open walk; what other verbs print is no walk to a target, and is checked by itself."""
    return len(finding["witness"]) if finding["target"] else 0


def verdict_of(findings: Told) -> str:
    return "fail" if any(finding[3] == "error" for finding in findings) else "pass"


@shards(SHARDS, each=10)
def test_reports_say_what_the_naive_reading_says(seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        world = world_of(seed, islands=1 + seed % 3)
        rules = RULES[seed % 3 :: 3]
        report = as_json(judge(tmp_path, files_of(world, rules)))
        assert report["problems"] == []
        found = expected(Naive(world), rules)
        assert told(report) == found, seed
        assert report["verdict"] == verdict_of(found)
        assert len(report["findings"]) == len(found)


@each_seed(4, first=1000)
def test_the_program_says_it_too(seed: int, tmp_path: Path) -> None:
    world = world_of(seed)
    write(tmp_path, files_of(world, RULES))
    done = run(tmp_path, "check", "--format", "json", "--as-of", TODAY.isoformat())
    found = expected(Naive(world), RULES)
    assert told(json.loads(done.stdout)) == found
    assert done.returncode == {"fail": 1, "pass": 0}[verdict_of(found)]


@shards(SHARDS, each=4, first=2000)
def test_every_printed_walk_is_the_first_of_the_shortest_open_ones(seeds: range, tmp_path: Path) -> None:
    checked = 0
    rules = {policy_id(BY_NAME[name]): BY_NAME[name] for name in WALKS}
    for seed in seeds:
        world = world_of(seed, islands=2)
        naive = Naive(world)
        for one in as_json(judge(tmp_path, files_of(world, rules.values())))["findings"]:
            rule = rules[one["policy"].removeprefix("local/")]
            ends = (one["subject"], one["target"])
            steps: list[Step] = [(hop["from"], hop["link"], hop["to"]) for hop in one["witness"]]
            fit = naive.fit(rule, *ends)
            assert accepts(steps, naive.hops(rule), fit, ends, last_hop="gate_on" in rule.data), (rule.name, ends, world.text())
            checked += 1
            for hop in one["witness"]:
                named = {gate["gate"] for gate in hop["gates"]}
                declared = [set(other.gates) for other in naive.hops(rule) if other[:3] == (hop["from"], hop["to"], hop["link"])]
                assert "unless_through" not in rule.data or named in declared
                assert all(
                    gate["fits"] is (gate["gate"] in fit) and gate["fits"] is not bool(gate["why_not"]) for gate in hop["gates"]
                )
    assert checked >= 30


@shards(4, each=8, first=3000)
def test_every_printed_dead_end_and_circle_is_one(seeds: range, tmp_path: Path) -> None:
    """What a finding about every way, or about a circle, prints as its witness."""
    checked: Counter[str] = Counter()
    rules = {policy_id(rule): rule for rule in RULES if rule.verb == "must_not_cycle" or "every_way" in rule.data}
    for seed in seeds:
        world = world_of(seed, islands=2)
        naive = Naive(world)
        for one in as_json(judge(tmp_path, files_of(world, rules.values())))["findings"]:
            rule = rules[one["policy"].removeprefix("local/")]
            steps: list[Step] = [(hop["from"], hop["link"], hop["to"]) for hop in one["witness"]]
            if rule.verb == "must_not_cycle":
                assert steps[0][0] == one["subject"]
                assert is_circle(steps, naive.hops(rule), set(naive.members(rule))), (rule.name, one["subject"], world.text())
            else:
                targets = set(naive.targets(rule, one["subject"]))
                assert never_meets(steps, naive.hops(rule), one["subject"], targets), (rule.name, one["subject"], world.text())
            checked[rule.verb] += 1
    assert min(checked.values()) >= 5, checked


def test_the_checker_refuses_walks_that_are_not_the_one_to_print() -> None:
    """A checker that accepts everything would show nothing."""
    world = World(
        {
            "gate:g": Thing(),
            "agent:a": Thing({}, {"delegates_to": [Item("agent:b"), Item("agent:c")], "calls": [Item("action:y", ("gate:g",))]}),
            "agent:b": Thing({}, {"calls": [Item("action:x"), Item("action:y")]}),
            "agent:c": Thing({}, {"calls": [Item("action:x")]}),
            "action:x": Thing(),
            "action:y": Thing(),
        }
    )
    hops = Naive(world).hops(BY_NAME["one gate for all"])
    fit = frozenset({"gate:g"})
    good = [("agent:a", "delegates_to", "agent:b"), ("agent:b", "calls", "action:x")]
    ends = ("agent:a", "action:x")
    assert accepts(good, hops, fit, ends, last_hop=False)
    assert not accepts(
        [("agent:a", "delegates_to", "agent:c"), ("agent:c", "calls", "action:x")], hops, fit, ends, last_hop=False
    )
    assert not accepts([("agent:a", "calls", "action:x")], hops, fit, ends, last_hop=False)
    assert not accepts(good[:1], hops, fit, ends, last_hop=False)
    gated = [("agent:a", "calls", "action:y")]
    assert accepts(gated, hops, frozenset(), ("agent:a", "action:y"), last_hop=False)
    assert not accepts(gated, hops, fit, ("agent:a", "action:y"), last_hop=False)
    assert not accepts([], hops, fit, ("agent:a", "agent:a"), last_hop=False)
