"""Plausible mistakes, each of which the random worlds must bring to light; a world that cannot is no test."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from tests.oracle.naive import RULES, Hop, Rule, fit_gates, hops_of, open_pairs_by_networkx, subjects_of, targets_of
from tests.oracle.worlds import World, random_world

BUDGET = 700
BY_NAME = {rule.name: rule for rule in RULES}
Pairs = set[tuple[str, str]]
Engine = Callable[[World, Rule], Pairs]


def searched(
    world: World,
    rule: Rule,
    is_open: Callable[[Hop, frozenset[str], bool], bool],
    *,
    most: int = 10_000,
    fit_of: Callable[[World, Rule, str, str], frozenset[str]] = fit_gates,
    hops: list[Hop] | None = None,
) -> Pairs:
    """A plain search from each subject, which some mistake is made in."""
    every = hops_of(world, rule) if hops is None else hops
    found = set()
    for subject in subjects_of(world, rule):
        for target in targets_of(world, rule, subject):
            fit = fit_of(world, rule, subject, target)
            front, seen, depth = {subject}, set[str](), 0
            while front and depth < most:
                depth += 1
                reached = {hop.target for hop in every if hop.source in front and is_open(hop, fit, hop.target == target)}
                if target in reached:
                    found.add((subject, target))
                front = reached - seen
                seen |= front
    return found


def passes_none(hop: Hop, fit: frozenset[str], _last: bool) -> bool:  # noqa: FBT001 - one signature for all
    return not fit & set(hop.gates)


def only_the_last_hop(hop: Hop, fit: frozenset[str], last: bool) -> bool:  # noqa: FBT001
    return not last or not fit & set(hop.gates)


def never_the_last_hop(hop: Hop, fit: frozenset[str], last: bool) -> bool:  # noqa: FBT001
    return last or not fit & set(hop.gates)


def any_gate_counts(hop: Hop, _fit: frozenset[str], _last: bool) -> bool:  # noqa: FBT001
    return not hop.gates


def every_gate_must_fit(hop: Hop, fit: frozenset[str], _last: bool) -> bool:  # noqa: FBT001
    return not hop.gates or not set(hop.gates) <= fit


def only_the_first_gate(hop: Hop, fit: frozenset[str], _last: bool) -> bool:  # noqa: FBT001
    return not hop.gates or hop.gates[0] not in fit


def depth_cap(most: int) -> Engine:
    return lambda world, rule: searched(world, rule, passes_none, most=most)


def without_link(link: str) -> Engine:
    return lambda world, rule: searched(world, rule, passes_none, hops=[hop for hop in hops_of(world, rule) if hop.link != link])


def without_guards(world: World, rule: Rule) -> Pairs:
    bare = world.copy()
    for thing in bare.things.values():
        thing.links.pop("guarded_by", None)
    return searched(bare, rule, passes_none)


def without_through(world: World, rule: Rule) -> Pairs:
    bare = world.copy()
    for _, _, item in bare.items():
        item.through = ()
    return searched(bare, rule, passes_none)


def last_item_wins(world: World, rule: Rule) -> Pairs:
    """Of parallel items only the last is kept."""
    last = {(hop.source, hop.link, hop.target): hop for hop in hops_of(world, rule)}
    return searched(world, rule, passes_none, hops=list(last.values()))


def gates_add_up(world: World, rule: Rule) -> Pairs:
    """Parallel items are merged, with the gates of all."""
    merged: dict[tuple[str, str, str], Hop] = {}
    for hop in hops_of(world, rule):
        key = (hop.source, hop.link, hop.target)
        merged[key] = hop._replace(gates=(*merged[key].gates, *hop.gates)) if key in merged else hop
    return searched(world, rule, passes_none, hops=list(merged.values()))


def unknown_targets_are_none(world: World, rule: Rule) -> Pairs:
    def strict(told: World, reference: str, subject: str) -> bool:
        return rule.target(told, reference, subject) is True

    return searched(world, replace(rule, target=strict), passes_none)


def unknown_gates_count(world: World, rule: Rule) -> Pairs:
    def loose(told: World, held: Rule, subject: str, target: str) -> frozenset[str]:
        gate = held.gate
        return frozenset(one for one in told.things if gate and gate(told, one, subject, target) is not False)

    return searched(world, rule, passes_none, fit_of=loose)


def stops_at_a_target(world: World, rule: Rule) -> Pairs:
    """A walk does not go on beyond a match."""
    found = set()
    for subject in subjects_of(world, rule):
        targets = set(targets_of(world, rule, subject))
        for target in targets:
            fit = fit_gates(world, rule, subject, target)
            hops = [hop for hop in hops_of(world, rule) if hop.source not in targets and not fit & set(hop.gates)]
            found |= {pair for pair in searched(world, rule, passes_none, hops=hops) if pair == (subject, target)}
    return found


def gates_of_the_first_target(world: World, rule: Rule) -> Pairs:
    """The gates that fit one target are taken for all."""

    def of_first(told: World, held: Rule, subject: str, _target: str) -> frozenset[str]:
        return fit_gates(told, held, subject, targets_of(told, held, subject)[0])

    return searched(world, rule, passes_none, fit_of=of_first)


def gates_of_the_first_subject(world: World, rule: Rule) -> Pairs:
    """The gates that fit one subject are taken for all."""

    def of_first(told: World, held: Rule, _subject: str, target: str) -> frozenset[str]:
        return fit_gates(told, held, subjects_of(told, held)[0], target)

    return searched(world, rule, passes_none, fit_of=of_first)


def every_agent_is_an_entry(world: World, rule: Rule) -> Pairs:
    return searched(world, replace(rule, subject=lambda _world, reference: reference.startswith("agent:")), passes_none)


def entries_must_say_so(world: World, rule: Rule) -> Pairs:
    def said(told: World, reference: str) -> bool:
        return reference.startswith("agent:") and told.things[reference].fields.get("entry") is True

    return searched(world, replace(rule, subject=said), passes_none)


def forwards_too(world: World, rule: Rule) -> Pairs:
    hops = hops_of(world, rule)
    return searched(world, rule, passes_none, hops=[*hops, *(Hop(hop.target, hop.source, hop.link, hop.gates) for hop in hops)])


def self_links_do_not_count(world: World, rule: Rule) -> Pairs:
    return {pair for pair in open_pairs_by_networkx(world, rule) if (pair[0], pair[0]) != pair or not _loops(world, pair[0])}


def _loops(world: World, reference: str) -> bool:
    return any(item.to == reference for source, _, item in world.items() if source == reference)


WRONG: tuple[tuple[str, str, Engine], ...] = (
    ("only the last hop is asked", "one gate for all", lambda world, rule: searched(world, rule, only_the_last_hop)),
    ("the last hop is not asked", "one gate for all", lambda world, rule: searched(world, rule, never_the_last_hop)),
    ("any gate counts", "one gate for all", lambda world, rule: searched(world, rule, any_gate_counts)),
    ("every gate of a hop must fit", "one gate for all", lambda world, rule: searched(world, rule, every_gate_must_fit)),
    ("only the first gate of a hop is asked", "one gate for all", lambda world, rule: searched(world, rule, only_the_first_gate)),
    ("walks end after 2 hops", "no gate helps", depth_cap(2)),
    ("walks end after 4 hops", "no gate helps", depth_cap(4)),
    ("walks end after 6 hops", "no gate helps", depth_cap(6)),
    ("walks end after 10 hops", "no gate helps", depth_cap(10)),
    ("walks end after 20 hops", "no gate helps", depth_cap(20)),
    *((f"walks do not follow {link}", "no gate helps", without_link(link)) for link in BY_NAME["no gate helps"].forward),
    ("guards are not seen", "one gate for all", without_guards),
    ("gates in through are not seen", "one gate for all", without_through),
    ("of parallel items the last counts", "one gate for all", last_item_wins),
    ("gates of parallel items add up", "one gate for all", gates_add_up),
    ("an unknown target is none", "one gate for all", unknown_targets_are_none),
    ("an unknown gate counts", "one gate for all", unknown_gates_count),
    ("an unknown owner counts", "a gate for the subject", unknown_gates_count),
    ("unknown effects count", "a gate for the target", unknown_gates_count),
    ("a walk ends at the first target", "one gate for all", stops_at_a_target),
    ("gates of one target are taken for all", "a gate for the target", gates_of_the_first_target),
    ("gates of one subject are taken for all", "a gate for the subject", gates_of_the_first_subject),
    ("every agent is an entry", "no gate helps", every_agent_is_an_entry),
    ("entries must say so", "no gate helps", entries_must_say_so),
    ("links are walked both ways", "no gate helps", forwards_too),
    ("self-links do not count", "back to itself", self_links_do_not_count),
    ("on the last hop every hop counts", "on the last hop", lambda world, rule: searched(world, rule, passes_none)),
)


@pytest.mark.parametrize(("rule", "engine"), [wrong[1:] for wrong in WRONG], ids=[wrong[0] for wrong in WRONG])
def test_the_worlds_bring_a_mistake_to_light(rule: str, engine: Engine) -> None:
    for seed in range(BUDGET):
        world = random_world(Random(seed))  # noqa: S311 - a world, not a secret
        if engine(world, BY_NAME[rule]) != set(open_pairs_by_networkx(world, BY_NAME[rule])):
            return
    pytest.fail(f"{BUDGET} worlds do not show this mistake")
