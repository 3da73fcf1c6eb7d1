"""What a policy that passed rests on: what was found in the repository, or what manifests say."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.support.trees import Files
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.compare.rules import RULES
from shipcheck.evaluate.basis import observed
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import collect
from shipcheck.graph.graph import Graph
from shipcheck.model.policy import Policy

WORLD = """
shipcheck: 1
agents:
  clerk: {calls: [pay], implemented_by: [{file: src/a.py}]}
actions:
  pay: {sensitivity: high, guarded_by: [desk], audited_by: [ledger], implemented_by: [{file: src/a.py}]}
gates:
  desk: {decided_by: human, approvers: [payables], implemented_by: [{file: src/a.py, symbol: ask}]}
audit_sinks:
  ledger: {purpose: audit, implemented_by: [{file: src/a.py, symbol: ask}]}
prompts:
  role: {file: role.md}
use_cases:
  refunds: {scorecard: {value: {evidence: role.md}}}
teams:
  payables: {members: [ann]}
"""
TREE = {
    "src/a.py": "def ask(call):\n    return input(call) == 'yes'\n\ndef nod(call):\n    return True\n",
    "role.md": "Be kind.\n",
}
GATED = "each: agent\nmust_not_reach: action\nalong: calls\nunless_through: gate where decided_by == human"
AUDITED = "each: action\nmust: some sink in audited_by satisfies sink is trail"
CODED = "each: gate\nmust: every e in implemented_by satisfies (e.found and e.symbol_found)"
WORKS = "each: gate\nmust: no e in implemented_by satisfies e.content in [document, test, empty, unreachable]"
TRAIL = "select:\n  trail: audit_sink where purpose == audit"


def world(*edits: tuple[str, str]) -> Graph:
    text = WORLD
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return graph_of(text)


def is_observed(policy: Policy, graph: Graph, tree: Mapping[str, str] = TREE) -> bool:
    collect(graph, vocabulary(), Files(tree))
    assert Evaluator(graph, vocabulary(), TODAY).evaluate(policy).result == "pass"
    return observed((policy,), (graph,), vocabulary(), TODAY)(policy.name)


@pytest.mark.parametrize(
    "text",
    [
        CODED,
        WORKS,
        GATED,
        AUDITED,
        "each: prompt\nmust: found",
        "each: action\nmust: no sink in audited_by satisfies not sink is trail",
        "each: action\nmust_reach: agent\nalong: called_by",
        "each: agent\nmust_reach: action\nalong: calls\nthrough: gate",
        "each: link calls\nmust: some gate in gates satisfies gate is gate",
        "all: gate\nper: decided_by\nmust: count(every e in implemented_by satisfies e.found) >= 1",
        "each: gate\nmust: decided_by == human and every e in implemented_by satisfies e.found",
    ],
)
def test_a_policy_rests_on_what_was_found_where_without_it_each_subject_fails(text: str) -> None:
    assert is_observed(policy_of(text, above=TRAIL), world())


@pytest.mark.parametrize(
    "text",
    [
        "each: gate\nmust: decided_by == human",
        "each: gate\nmust: decided_by == human or every e in implemented_by satisfies e.found",
        "each: gate\nmust: count(implemented_by) >= 1",
        'each: gate\nmust: no e in implemented_by satisfies e.file == "README.md"',
        "each: agent\nmust_not_reach: system\nalong: calls, writes_to\nunless_through: gate",
        "each: agent\nmust_not_reach: action where state == disabled\nalong: calls",
        "each: action\nmust: no sink in audited_by satisfies sink.purpose != audit",
        "each: action\nmust: some agent in called_by satisfies agent.owner is missing",
        "each: gate\nmust: some team in approvers satisfies team is team",
        "each: use_case\nmust: scorecard.value.evidence_found",
        "all: agent or action\nmust_not_cycle: true\nalong: calls, starts",
    ],
)
def test_a_policy_that_passes_on_the_words_of_the_manifest_is_declared(text: str) -> None:
    assert not is_observed(policy_of(text), world())


CODE_OF_DESK = "implemented_by: [{file: src/a.py, symbol: ask}]}\naudit"


@pytest.mark.parametrize(
    "instead",
    [
        "enforced_in: forge}\nsystems: {forge: {}}\naudit",
        "implemented_by: []}\naudit",
        "implemented_by: [{file: src/a.py, symbol: ask}, {file: gone.py}]}\naudit",
        "implemented_by: [{file: src/a.py, symbol: gone}]}\naudit",
        "implemented_by: [{file: src/a.py, symbol: nod}]}\naudit",
        "implemented_by: [{file: src/unreadable.py, symbol: ask}]}\naudit",
        "implemented_by: [{file: role.md}]}\naudit",
    ],
)
def test_a_gate_counts_only_if_all_that_it_names_was_found_and_does_something(instead: str) -> None:
    tree = {**TREE, "src/unreadable.py": "def ask(:\n"}
    assert not is_observed(policy_of(GATED), world((CODE_OF_DESK, instead)), tree)


def test_code_of_which_only_the_place_is_known_was_found() -> None:
    place = CODE_OF_DESK.replace("a.py", "a.ts")
    assert is_observed(
        policy_of(GATED), world((CODE_OF_DESK, place)), {**TREE, "src/a.ts": "export function ask() { return true }"}
    )


@pytest.mark.parametrize("people", ["{members_in: {system: ids, group: p}}\nsystems: {ids: {}}", "{}", "{members: []}"])
def test_a_gate_whose_approvers_are_not_in_the_repository_is_declared(people: str) -> None:
    assert not is_observed(policy_of(GATED), world(("{members: [ann]}", people)))


def test_a_fact_that_could_not_be_determined_is_no_observation() -> None:
    tree = {**TREE, "src/a.py": "from b import wrapped\n@wrapped\ndef ask(call): ...\n"}
    assert not is_observed(policy_of(WORKS), world(), tree)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (GATED, "agents:\n  idler: {implemented_by: [{file: src/a.py}]}\n"),
        ("each: gate\nmust: implemented_by is missing or every e in implemented_by satisfies e.found", "gates:\n  word: {}\n"),
    ],
)
def test_one_subject_that_passes_on_words_leaves_the_policy_declared(text: str, added: str) -> None:
    assert is_observed(policy_of(text), world())
    assert not is_observed(policy_of(text), world((added.partition("  ")[0], added)))


def test_a_policy_has_to_rest_on_what_was_found_for_every_authority() -> None:
    code, gated = policy_of(CODED), policy_of(GATED)
    graph, other = world(), world((CODE_OF_DESK, "}\naudit"))
    for each in (graph, other):
        collect(each, vocabulary(), Files(TREE))
    assert observed((gated,), (graph,), vocabulary(), TODAY)(gated.name)
    assert not observed((gated,), (graph, other), vocabulary(), TODAY)(gated.name)
    words = replace(code, verb=policy_of("each: gate\nmust: decided_by == human").verb)
    assert not observed((code, words), (graph,), vocabulary(), TODAY)(code.name)
    assert not observed((code,), (), vocabulary(), TODAY)(code.name)


def test_what_compares_with_the_base_is_declared() -> None:
    compares = "each: gate where base is present\nmust: every e in implemented_by satisfies e.found"
    graph = world()
    collect(graph, vocabulary(), Files(TREE))
    assert not observed((policy_of(compares),), (graph,), vocabulary(), TODAY)("trial/the-rule")
    assert not any(observed(RULES, (graph,), vocabulary(), TODAY)(rule.name) for rule in RULES)
