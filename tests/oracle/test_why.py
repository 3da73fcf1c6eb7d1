"""What `why` says of two components is what a check says, and the gates and walks that it names are the ones that decide."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.oracle.generator import random_world
from tests.oracle.naive import Naive
from tests.oracle.repositories import files_of, judge, world_of
from tests.oracle.rules import RULES, Rule
from tests.oracle.worlds import Item, Thing, World, kind_of
from tests.support.cases import each_seed, shards
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.app.why import WhyRequest, why
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.pair_explainer import PairExplainer
from shipcheck.graph.graph import Graph
from shipcheck.model.policy import Policy
from shipcheck.model.why import Answer

MOST_PAIRS = 30
ABOUT_WALKS = [rule for rule in RULES if rule.verb in {"must_not_reach", "must_reach"}]
# Rules whose gates are named by nothing but hops and guards, so that a gate can be taken off every walk by itself.
NAMED_GATES = [
    rule
    for rule in ABOUT_WALKS
    if rule.data.get("unless_through", [[]])[0] == ["gate"] and not {"guarded_by", "guards"} & set(rule.data["along"])
]
POLICIES = {rule.name: policy_of(rule.text) for rule in ABOUT_WALKS}


def failing(policy: Policy, world: World) -> set[tuple[str, str]]:
    """The subjects and targets of a check's findings; a policy that asks for a target has none in them."""
    result = Evaluator(graph_of(world.text()), vocabulary(), TODAY).evaluate(policy)
    assert not result.unlisted
    return {(finding.subject, finding.target or "") for finding in result.findings}


def lengths_of(policy: Policy, world: World) -> set[tuple[str, str, int]]:
    """The subjects and targets of a check's findings, with the lengths of their walks."""
    result = Evaluator(graph_of(world.text()), vocabulary(), TODAY).evaluate(policy)
    return {(finding.subject, finding.target or "", len(finding.witness)) for finding in result.findings}


def chosen_pairs(random: Random, graph: Graph, rule: Rule) -> list[tuple[int, int]]:
    """Some pairs of components of any kinds, and more of the kinds that a rule is about."""
    every = range(len(graph.components))
    starts = [node for node in every if graph.reference(node).kind in rule.data["each"][0]] or list(every)
    ends = [node for node in every if graph.reference(node).kind in rule.data[rule.verb][0]] or list(every)
    pairs = [(start, end) for start in starts for end in ends]
    strays = [(random.choice(every), random.choice(every)) for _ in range(3)]
    return [*random.sample(pairs, min(len(pairs), MOST_PAIRS)), *strays]


def answers(rule: Rule, world: World, random: Random) -> list[tuple[str, str, Answer]]:
    """What `why` says of some pairs."""
    graph = graph_of(world.text())
    pairs = PairExplainer(graph, vocabulary(), TODAY)
    return [
        (str(graph.reference(start)), str(graph.reference(end)), pairs.answer(POLICIES[rule.name], start, end))
        for start, end in chosen_pairs(random, graph, rule)
    ]


def gated_world(random: Random) -> World:
    """A small world in which most hops pass gates that fit, so that few pairs are joined by an open walk."""
    gates = [f"gate:g{number}" for number in range(random.randint(2, 4))]
    agents = [f"agent:a{number}" for number in range(random.randint(2, 4))]
    actions = [f"action:c{number}" for number in range(random.randint(1, 2))]
    fit = {"owner": "team:t0", "decided_by": "human", "timing": "before", "covers": ["payments"], "approvers": ["team:t1"]}
    things = {reference: Thing({"entry": True, "owner": "team:t0"}) for reference in agents}
    grave = {"owner": "team:t1", "sensitivity": "critical", "reversible": False, "effects": ["payments"], "state": "live"}
    things |= {reference: Thing(dict(grave)) for reference in actions}
    things |= {reference: Thing(dict(fit)) for reference in gates}
    things |= {f"team:t{number}": Thing({"active": True}) for number in range(2)}
    world = World(things)
    for _ in range(2 * len(agents) + len(actions)):
        source = random.choice(agents)
        link, ends = random.choice((("calls", actions), ("calls", actions), ("delegates_to", agents)))
        number = random.choice((0, 1, 1, 1, 2)) if link == "calls" else random.choice((0, 0, 1))
        things[source].add(link, random.choice(ends), *random.sample(gates, number))
    for reference in actions:
        if random.random() < 0.15:
            things[reference].add("guarded_by", random.choice(gates))
    return world


def without(world: World, *gates: str) -> World:
    """The world with these gates named by no hop and guarding nothing."""
    left = world.copy()
    for thing in left.things.values():
        for link, items in thing.links.items():
            kept = [item for item in items if link != "guarded_by" or item.to not in gates]
            thing.links[link] = [Item(item.to, tuple(gate for gate in item.through if gate not in gates)) for item in kept]
    return left


def without_links(world: World, ends: set[frozenset[str]]) -> World:
    """The world without any link between these ends, guards aside."""
    left = world.copy()
    for reference, thing in left.things.items():
        for link, items in thing.links.items():
            thing.links[link] = [item for item in items if link == "guarded_by" or frozenset((reference, item.to)) not in ends]
    return left


@shards(6, each=8)
def test_every_pair_comes_out_as_a_check_says(seeds: range) -> None:
    seen: Counter[str] = Counter()
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - a world, not a secret
        world = random_world(random)
        naive = Naive(world)
        for rule in ABOUT_WALKS[seed % 3 :: 3]:
            found = failing(POLICIES[rule.name], world)
            for start, end, answer in answers(rule, world, random):
                about = start in naive.subjects(rule) and end in naive.targets(rule, start)
                fails = ((start, end) if rule.verb == "must_not_reach" else (start, "")) in found
                expected = "not_applicable" if not about else "fail" if fails else "pass"
                assert answer.result == expected, (rule.name, start, end, world.text())
                assert (answer.finding is not None) is (expected == "fail")
                seen[answer.because] += 1
    assert {"open_walk", "missed", "gates", "no_walk", "met", "left_out"} <= set(seen), seen


@shards(6, each=8)
def test_the_gates_named_are_those_that_separate(seeds: range) -> None:
    """Checked by a check of the manifest without them: it fails without any one of those that separate, and not before."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        random = Random(1000 + seed)  # noqa: S311
        world = gated_world(random) if seed % 4 else random_world(random)
        for rule in NAMED_GATES:
            policy = POLICIES[rule.name]
            for start, end, answer in answers(rule, world, random):
                if answer.because != "gates" or seen[rule.name] > 12:
                    continue
                assert answer.is_fewest
                assert not answer.more_others
                others = [placed.gate for placed in answer.others]
                gates = [placed.gate for placed in answer.separating]
                case = (rule.name, start, end, gates, others, world.text())
                assert (start, end) not in failing(policy, without(world, *others)), case
                assert (start, end) in failing(policy, without(world, *others, *gates)), case
                for placed in answer.separating:
                    assert (start, end) in failing(policy, without(world, *others, placed.gate)), case
                    assert ((start, end) in failing(policy, without(world, placed.gate))) is placed.alone, case
                seen[rule.name] += 1
                seen["several"] += len(gates) > 1
                seen["others"] += bool(others)
    assert seen["several"]
    assert seen["others"]
    assert seen.total() - seen["several"] - seen["others"] > 30


@shards(4, each=16)
def test_the_walks_named_are_all_ways_in(seeds: range) -> None:
    """Checked by a check of the manifest without their last hops: the pair passes; and the first is the walk of the finding."""
    several = 0
    for seed in seeds:
        random = Random(2000 + seed)  # noqa: S311
        world = random_world(random)
        for rule in NAMED_GATES[seed % 3 :: 3]:
            for start, end, answer in answers(rule, world, random)[:12]:
                if answer.because != "open_walk":
                    continue
                assert answer.finding is not None
                assert (start, end, len(answer.paths[0])) in lengths_of(POLICIES[rule.name], world)
                lasts = [walk[-1].location for walk in answer.paths]
                assert len(set(lasts)) == len(lasts)
                for walk in answer.paths:
                    assert (walk[0].source, walk[-1].target) == (start, end)
                    assert all(hop.target == following.source for hop, following in pairwise(walk))
                lengths = [len(walk) for walk in answer.paths]
                assert lengths == sorted(lengths)
                assert answer.hops == lengths[0]
                if not answer.more_paths:
                    ends = {frozenset((walk[-1].source, walk[-1].target)) for walk in answer.paths}
                    assert (start, end) not in failing(POLICIES[rule.name], without_links(world, ends)), (rule.name, start, end)
                several += len(answer.paths) > 1
    assert several


@each_seed(4)
def test_the_command_says_of_a_repository_what_a_check_says(seed: int, tmp_path: Path) -> None:
    world = world_of(seed, islands=1)
    report = judge(tmp_path, files_of(world, ABOUT_WALKS))
    found = {(finding.policy, finding.subject, finding.target) for finding in report.findings}
    agents = [reference for reference in sorted(world.things) if kind_of(reference) in {"agent", "use_case"}][:4]
    for start in agents:
        for end in world.of("action")[:4]:
            answered = why(WhyRequest(start, end, tmp_path, TODAY))
            assert (answered.start, answered.end) == (start, end)
            for answer in answered.answers:
                if answer.result != "not_applicable":
                    fails = {(answer.policy, start, end), (answer.policy, start, None)} & found
                    assert (answer.result == "fail") is bool(fails), (answer.policy, start, end)


@shards(6, each=8)
def test_a_subject_passes_where_it_reaches_some_target_as_asked(seeds: range) -> None:
    """A `must_reach` that passes is met by a walk to some target, and one that fails by none; each such walk is one of hops."""
    met = 0
    for seed in seeds:
        world = random_world(Random(3000 + seed))  # noqa: S311
        graph = graph_of(world.text())
        pairs = PairExplainer(graph, vocabulary(), TODAY)
        for rule in [rule for rule in ABOUT_WALKS if rule.verb == "must_reach" and "every_way" not in rule.data]:
            naive = Naive(world)
            for start in naive.subjects(rule)[:6]:
                ends = naive.targets(rule, start)
                nodes = {str(reference): node for reference, node in graph.index.items()}
                found = [pairs.answer(POLICIES[rule.name], nodes[start], nodes[end]) for end in ends]
                reached = [answer for answer in found if answer.because == "met"]
                assert bool(reached) is any(answer.result == "pass" for answer in found)
                assert len({answer.result for answer in found}) <= 1
                for answer in reached:
                    assert all(hop.target == following.source for hop, following in pairwise(answer.paths[0]))
                    assert len(answer.paths[0]) <= rule.data.get("within", len(answer.paths[0]))
                met += len(reached)
    assert met
