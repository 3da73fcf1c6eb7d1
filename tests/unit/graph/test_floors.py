"""The least values of fields: literals in, values out; the faults D1 and D2 of the label that hides what a system does."""

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.floors import Undeclared, highest, undeclared
from shipcheck.graph.graph import Graph, Node, written
from shipcheck.graph.holds import Facts


def node_of(graph: Graph, reference: str) -> Node:
    return next(number for number, one in enumerate(graph.components) if str(one.reference) == reference)


def value(world: str, reference: str, field: str) -> object:
    graph = graph_of(f"shipcheck: 1\n{world}")
    return graph.values[node_of(graph, reference)].get(field)


def action(fields: str, more: str = "") -> object:
    """The sensitivity of an action with these fields, that an agent calls."""
    return value(f"agents: {{desk: {{calls: [act]}}}}\nactions: {{act: {{{fields}}}}}\n{more}", "action:act", "sensitivity")


CRITICAL = "systems: {core: {criticality: critical, external: false}}"
GUARDED = "datasets: {files: {classification: secret, environment: test}}"


@pytest.mark.parametrize(
    ("fields", "more", "expected"),
    [
        # What is declared stays where it is more.
        ("sensitivity: critical, effects: [], reversible: true", "", "critical"),
        ("sensitivity: low, effects: [], reversible: true", "", "low"),
        ("effects: [], reversible: true", "", "low"),
        # Nothing declared counts as its worst.
        ("", "", "high"),
        ("sensitivity: low", "", "high"),
        ("effects: [payments]", "", "high"),
        ("effects: [payments], reversible: false", "", "high"),
        ("reversible: true", "", "medium"),
        # A copy for tests is not real.
        ("effects: [payments], writes_to: [copy]", "systems: {copy: {environment: test, criticality: low}}", "medium"),
        ("effects: [payments], writes_to: [copy]", "systems: {copy: {environment: test}}", "medium"),
        ("effects: [payments], writes_to: [copy]", "systems: {copy: {criticality: low}}", "high"),
        # D2: a label of low, with effects that say more.
        ("sensitivity: low, effects: [payments], reversible: true, writes_to: [core]", CRITICAL, "high"),
        ("sensitivity: low, effects: [data_destruction], reversible: true, writes_to: [core]", CRITICAL, "high"),
        ("sensitivity: low, effects: [data_destruction], reversible: false, writes_to: [core]", CRITICAL, "critical"),
        ("sensitivity: low, effects: [payments], reversible: false, writes_to: [core]", CRITICAL, "high"),
        ("sensitivity: low, effects: [publication], reversible: true, writes_to: [core]", CRITICAL, "medium"),
        ("sensitivity: low, effects: [publication], reversible: true, reads: [files]", GUARDED, "high"),
        ("sensitivity: low, effects: [payments], reversible: true", "", "medium"),
        # Important systems, and data that leaves.
        ("effects: [data_change], reversible: false, writes_to: [s]", "systems: {s: {criticality: high}}", "high"),
        ("effects: [data_change], reversible: false, writes_to: [s]", "systems: {s: {criticality: medium}}", "medium"),
        ("effects: [data_change], reversible: true, writes_to: [s]", "systems: {s: {criticality: high}}", "low"),
        ("effects: [data_change], reversible: true, reads: [files], writes_to: [s]", f"{GUARDED}\nsystems: {{s: {{}}}}", "high"),
        (
            "effects: [data_change], reversible: true, reads: [files], writes_to: [s]",
            f"{GUARDED}\nsystems: {{s: {{external: false}}}}",
            "low",
        ),
        ("effects: [communication], reversible: true", "", "low"),
        ("effects: [communication]", "", "medium"),
        ("effects: [instruction_change], changes: [mood]", "prompts: {mood: {}}", "high"),
        ("effects: [instruction_change], changes: [memory]", "datasets: {memory: {environment: test}}", "medium"),
    ],
)
def test_sensitivity_is_at_least_what_the_action_does(fields: str, more: str, expected: str) -> None:
    assert action(fields, more) == expected


ACTING = "agents: {desk: {calls: [act]IMPLEMENTED}}\nactions: {act: {effects: [payments], writes_to: [SYSTEM]}}\n"
SYSTEMS = "systems: {real: {environment: production}, silent: {}, copy: {environment: test}}\n"
CODE = ", implemented_by: [{file: a.py}]"


@pytest.mark.parametrize(
    ("use", "system", "code", "expected"),
    [
        ("stage: pilot, audience: staff", "copy", "", "pilot"),
        ("stage: pilot, audience: team", "copy", CODE, "pilot"),
        # D1: the stage is no switch that turns everything off.
        ("stage: pilot", "copy", "", "production"),
        ("stage: pilot, audience: public", "copy", "", "production"),
        ("stage: pilot, audience: staff", "real", "", "production"),
        ("stage: pilot, audience: staff", "silent", "", "production"),
        ("stage: candidate", "real", "", "candidate"),
        ("stage: candidate", "copy", CODE, "pilot"),
        ("stage: candidate", "silent", CODE, "pilot"),
        ("stage: candidate, audience: staff", "real", CODE, "production"),
        ("stage: candidate, audience: public", "copy", CODE, "production"),
        ("stage: candidate, audience: public", "copy", "", "candidate"),
        ("stage: production, audience: team", "copy", "", "production"),
        ("stage: retired", "real", CODE, "retired"),
        ("audience: public", "real", CODE, None),
    ],
)
def test_stage_is_raised_by_who_can_use_it_and_what_it_acts_on(use: str, system: str, code: str, expected: str | None) -> None:
    world = (
        ACTING.replace("SYSTEM", system).replace("IMPLEMENTED", code) + SYSTEMS + f"use_cases: {{work: {{{use}, uses: [desk]}}}}"
    )
    assert value(world, "use_case:work", "stage") == expected


@pytest.mark.parametrize(("status", "expected"), [("planned", "candidate"), ("implemented", "pilot"), ("verified", "pilot")])
def test_a_candidate_whose_integration_is_implemented_is_a_pilot(status: str, expected: str) -> None:
    world = f"use_cases: {{work: {{stage: candidate}}}}\nintegrations: {{plan: {{use_cases: [work], status: {status}}}}}"
    assert value(world, "use_case:work", "stage") == expected


def test_what_it_reaches_has_the_raised_stage_and_what_is_written_is_kept() -> None:
    graph = graph_of("shipcheck: 1\nuse_cases: {work: {stage: pilot, uses: [desk]}}\nagents: {desk: {}}")
    assert graph.values[node_of(graph, "agent:desk")]["stage"] == "production"
    assert written(graph.values[node_of(graph, "use_case:work")]) == {"stage": "pilot"}
    assert graph.declared(node_of(graph, "use_case:work"))["stage"] == "pilot"
    assert written(graph.values[node_of(graph, "agent:desk")]) == {}


def test_what_is_not_declared_is_not_among_what_is_written() -> None:
    graph = graph_of("shipcheck: 1\nactions: {act: {effects: []}}")
    act = node_of(graph, "action:act")
    assert graph.values[act]["sensitivity"] == "low"
    assert "sensitivity" not in graph.declared(act)


@pytest.mark.parametrize(
    ("fields", "more", "says", "missing"),
    [
        ("effects: [], reversible: true", "", None, ()),
        ("effects: [payments], reversible: true", "", "moves money, runs code, publishes, or changes something important", ()),
        (
            "effects: [payments]",
            "",
            "moves money, runs code, or destroys or changes something important, and cannot be undone",
            (("action:act", "reversible"), ("action:act", "acts_on")),
        ),
        (
            "effects: [access_control], reversible: false, writes_to: [core]",
            "systems: {core: {criticality: critical}}",
            "cannot be undone, in a critical system",
            (("system:core", "environment"),),
        ),
    ],
)
def test_the_rule_and_what_it_takes_as_its_worst(
    fields: str, more: str, says: str | None, missing: tuple[tuple[str, str], ...]
) -> None:
    graph = graph_of(f"shipcheck: 1\nactions: {{act: {{{fields}}}}}\n{more}")
    facts, act = Facts(LinkTables(graph, vocabulary())), node_of(graph, "action:act")
    rule = highest(facts, vocabulary().floors["action.sensitivity"], act)
    assert (rule and rule.says) == says
    found = undeclared(facts, rule, act) if rule else ()
    assert found == tuple(Undeclared(node_of(graph, reference), field) for reference, field in missing)
