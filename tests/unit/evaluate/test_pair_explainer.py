"""Why one component reaches another or does not: the cases that random worlds seldom hold."""

import pytest
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.evaluate.hops import MOST_SHOWN
from shipcheck.evaluate.open_paths import MOST_DISQUALIFIED, MOST_PATHS
from shipcheck.evaluate.pair_explainer import PairExplainer
from shipcheck.evaluate.separating_gates import MOST_OTHERS, MOST_PLACES, MOST_SEPARATING
from shipcheck.model.component import Reference
from shipcheck.model.why import Answer

GATED = "each: agent\nmust_not_reach: action\nalong: calls, delegates_to\nunless_through: gate where decided_by == human"
HEAD = "shipcheck: 1\n"


def asked(policy: str, world: str, start: str = "a", end: str = "x") -> Answer:
    """The answer for an agent and an action."""
    graph = graph_of(world)
    nodes = [graph.index[Reference(kind, "default", name)] for kind, name in (("agent", start), ("action", end))]
    return PairExplainer(graph, vocabulary(), TODAY).answer(policy_of(policy), *nodes)


def side_by_side(number: int, gate: str = "human") -> str:
    """An agent with many paths to an action, each with a gate of its own."""
    delegates = ", ".join(f"{{to: b{n}, through: [g{n}]}}" for n in range(number))
    agents = "".join(f"  b{n}: {{calls: [x]}}\n" for n in range(number))
    gates = "".join(f"  g{n}: {{decided_by: {gate}}}\n" for n in range(number))
    return f"{HEAD}agents:\n  a: {{delegates_to: [{delegates}]}}\n{agents}actions: {{x: {{}}}}\ngates:\n{gates}"


def test_gates_side_by_side_are_all_needed() -> None:
    found = asked(GATED, side_by_side(MOST_SEPARATING))
    assert (found.result, found.because, found.is_fewest, found.others) == ("pass", "gates", True, ())
    assert len(found.separating) == MOST_SEPARATING
    assert all(placed.alone and len(placed.path) == 2 and placed.stop == 0 for placed in found.separating)


def test_very_many_gates_are_listed_without_saying_which_are_needed() -> None:
    found = asked(GATED, side_by_side(MOST_SEPARATING + 5))
    assert (found.result, found.is_fewest, found.separating) == ("pass", False, ())
    assert (len(found.others), found.more_others) == (MOST_OTHERS, MOST_SEPARATING + 5 - MOST_OTHERS)
    assert found.text == f"{MOST_SEPARATING + 5} gates are on the paths between agent:a and action:x"


def test_very_many_open_paths_are_counted() -> None:
    found = asked(GATED, side_by_side(MOST_PATHS + 20, "rule"))
    assert (found.result, len(found.paths), found.more_paths) == ("fail", MOST_PATHS, 20)
    assert (len(found.disqualified), found.more_disqualified) == (MOST_DISQUALIFIED, 20 - MOST_DISQUALIFIED)


def chain(length: int, last: str) -> str:
    """Agents in a row, of which the last calls an action."""
    agents = "".join(f"  b{n}: {{delegates_to: [b{n + 1}]}}\n" for n in range(length - 2))
    return (
        f"{HEAD}agents:\n  a: {{delegates_to: [b0]}}\n{agents}  b{length - 2}: {{calls: [{last}]}}\n"
        "actions: {x: {}}\ngates: {g: {decided_by: human}}\n"
    )


@pytest.mark.parametrize(("length", "shown"), [(MOST_SHOWN, 1), (MOST_SHOWN + 1, 0)])
def test_a_path_that_is_too_long_to_read_is_counted(length: int, shown: int) -> None:
    found = asked(GATED, chain(length, "x"))
    assert (found.result, found.hops, len(found.paths), found.more_paths) == ("fail", length, shown, 1 - shown)
    (placed,) = asked(GATED, chain(length, "{to: x, through: [g]}")).separating
    assert (placed.gate, placed.stop, placed.hops, bool(placed.path)) == ("gate:g", length - 1, length, bool(shown))
    met = asked("each: agent where entry\nmust_reach: action\nalong: calls, delegates_to", chain(length, "x"))
    assert (met.because, met.hops, len(met.paths), met.apart) == ("met", length, shown, None)


def test_gates_in_a_row_can_do_without_each_other() -> None:
    world = f"{HEAD}agents: {{a: {{calls: [{{to: x, through: [g, h]}}]}}}}\nactions: {{x: {{guarded_by: [i]}}}}\n"
    world += "gates: {g: {decided_by: human}, h: {decided_by: human}, i: {decided_by: human}}\n"
    found = asked(GATED, world)
    assert [(placed.gate, placed.alone, placed.places[0].how) for placed in found.separating] == [("gate:i", False, "guard")]
    assert [(placed.gate, placed.places[0].how) for placed in found.others] == [("gate:g", "hop"), ("gate:h", "hop")]


def test_a_gate_on_many_hops_has_some_places_listed() -> None:
    items = ", ".join(["{to: x, through: [g]}"] * (MOST_PLACES + 3))
    world = f"{HEAD}agents: {{a: {{calls: [{items}]}}}}\nactions: {{x: {{}}}}\ngates: {{g: {{decided_by: human}}}}\n"
    (placed,) = asked(GATED, world).separating
    assert (len(placed.places), placed.more_places) == (MOST_PLACES, 3)
    assert len({place.location for place in placed.places}) == MOST_PLACES


def test_what_stands_behind_the_target_says_nothing() -> None:
    policy = "each: agent\nmust_not_reach: action\nalong: calls, starts\nunless_through: gate where decided_by == human"
    world = f"{HEAD}agents: {{a: {{calls: [{{to: x, through: [g]}}]}}, b: {{calls: [{{to: x, through: [h]}}]}}}}\n"
    world += "actions: {x: {starts: [b]}}\ngates: {g: {decided_by: human}, h: {decided_by: human}}\n"
    found = asked(policy, world)
    assert ([placed.gate for placed in found.separating], found.others) == (["gate:g"], ())


def test_on_the_last_hop_a_path_may_reach_its_target_twice() -> None:
    policy = f"{GATED.replace('delegates_to', 'starts')}\ngate_on: last_hop"
    world = f"{HEAD}agents: {{a: {{calls: [{{to: x, through: [g]}}]}}, b: {{calls: [{{to: x, through: [h]}}]}}}}\n"
    world += "actions: {x: {starts: [b]}}\ngates: {g: {decided_by: human}, h: {decided_by: human}}\n"
    found = asked(policy, world)
    assert [(placed.gate, placed.alone) for placed in found.separating] == [("gate:g", True), ("gate:h", True)]
    assert [len(placed.path) for placed in found.separating] == [1, 3]


def test_a_path_that_is_not_wanted_and_too_long_is_shown() -> None:
    world = f"{HEAD}agents: {{a: {{delegates_to: [b]}}, b: {{calls: [x]}}}}\nactions: {{x: {{}}}}\n"
    found = asked(f"{GATED}\nwithin: 1", world)
    assert (found.result, found.because, len(found.paths[0]), found.apart) == ("pass", "no_walk", 2, None)
    assert found.text == "the shortest path from agent:a to action:x has 2 hops, more than the policy's limit of 1"


def test_a_subject_that_reaches_another_target_passes_for_all() -> None:
    world = f"{HEAD}agents: {{a: {{calls: [z]}}}}\nactions: {{x: {{}}, z: {{}}}}\n"
    found = asked("each: agent\nmust_reach: action\nalong: calls", world)
    assert (found.result, found.because, found.paths) == ("pass", "met_elsewhere", ())
    assert found.apart is not None
    assert (found.apart.reached, found.apart.leading_count) == (("action:z",), 0)


def test_with_every_way_one_path_to_the_target_is_not_enough() -> None:
    world = f"{HEAD}agents: {{a: {{calls: [x], delegates_to: [b]}}, b: {{}}}}\nactions: {{x: {{}}}}\n"
    found = asked("each: agent\nmust_reach: action\nalong: calls, delegates_to\nevery_way: true", world)
    assert (found.result, found.because, len(found.paths)) == ("fail", "missed", 1)
    assert found.detail == "a path leads there, but the policy requires that every path reaches a target"


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        (
            "each: agent where not entry\nmust_not_reach: action\nalong: calls",
            "agent:a is not a subject (agent where not entry)",
        ),
        (
            "each: agent\nmust_not_reach: action where sensitivity == low\nalong: calls",
            "action:x is not a target (action where sensitivity == low)",
        ),
        (
            "each: agent\nmust_reach: action where reversible\nalong: calls",
            "action:x is not certainly a target (action where reversible)",
        ),
        (
            "each: action\nmust_reach: agent\nalong: called_by",
            "agent:a is not a subject: the policy's subjects are of kind action",
        ),
        (
            "each: agent\nmust_not_reach: action where sensitivity < base.sensitivity\nalong: calls",
            "it compares with a base revision, and there is none",
        ),
    ],
)
def test_what_leaves_a_component_out_is_said(policy: str, text: str) -> None:
    found = asked(policy, f"{HEAD}agents: {{a: {{calls: [x]}}}}\nactions: {{x: {{sensitivity: high}}}}\n")
    assert (found.result, found.because, found.text) == ("not_applicable", "left_out", text)


def test_what_nobody_declares_takes_a_component_in_and_is_said() -> None:
    policy = "each: agent where untrusted_input\nmust_not_reach: action where sensitivity >= high\nalong: calls"
    found = asked(policy, f"{HEAD}agents: {{a: {{}}}}\nactions: {{x: {{}}}}\n")
    assert (found.result, found.assumed) == (
        "pass",
        ("agent:a.untrusted_input", "action:x.effects", "action:x.reversible"),
    )
