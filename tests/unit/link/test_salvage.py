"""A graph of what fits, where manifests of another day do not all fit together."""

from datetime import date

import pytest
from tests.support.own_fields import known_with, manifest_in, pack
from tests.support.worlds import manifest_of, vocabulary

from shipcheck.graph.graph import Graph
from shipcheck.link.partial import link_partially
from shipcheck.model.component import Manifest


def manifests(*texts: str) -> list[Manifest]:
    made = []
    for number, text in enumerate(texts):
        outcome = manifest_of(f"shipcheck: 1\n{text}\n", f"{number}.shipcheck.yaml")
        assert isinstance(outcome, Manifest)
        made.append(outcome)
    return made


def salvaged(*texts: str) -> tuple[Graph, list[str]]:
    graph, problems = link_partially(manifests(*texts), vocabulary())
    assert graph is not None
    return graph, [problem.code for problem in problems]


def values(graph: Graph, name: str) -> dict[str, object]:
    node = next(node for node in range(len(graph.components)) if str(graph.reference(node)) == name)
    return {key: value for key, value in graph.values[node].items() if key in graph.components[node].values}


def test_what_fits_is_linked_as_it_is() -> None:
    graph, problems = salvaged("agents: {a: {calls: [b]}}\nactions: {b: {}}")
    assert (len(graph.edges), problems) == (1, [])


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("calls: [nothing], entry: false", {"entry"}),
        ("calls: [b, nothing], title: A", {"title"}),
        ("calls: [{to: b, through: [nothing]}], title: A", {"title"}),
        ("owner: nobody, calls: [b]", {"calls"}),
    ],
)
def test_a_field_with_a_wrong_name_is_left_out(body: str, kept: set[str]) -> None:
    graph, problems = salvaged(f"agents: {{a: {{{body}}}}}\nactions: {{b: {{}}}}")
    assert values(graph, "agent:a").keys() == kept
    assert problems == ["dangling-reference"]


def test_a_record_with_a_wrong_name_is_left_out_as_a_whole() -> None:
    graph, problems = salvaged("use_cases: {a: {title: A, scorecard: {value: {score: 1}, scored_by: nobody}}}")
    assert values(graph, "use_case:a").keys() == {"title"}
    assert problems == ["dangling-reference"]


def test_a_field_of_a_pack_with_a_wrong_name_is_left_out_alone() -> None:
    fields = "by: {type: reference, to: [team], weaker: other, description: d}, at: {type: date, weaker: lower, description: d}"
    known = known_with(pack(f"fields: {{agent: {{{fields}}}}}"))
    manifest = manifest_in(known, "agents: {a: {model-risk: {by: nobody, at: 2026-01-01}}}")
    assert isinstance(manifest, Manifest)
    graph, _ = link_partially([manifest], known)
    assert graph is not None
    assert values(graph, "agent:a") == {"model-risk": {"at": date(2026, 1, 1)}}


def test_a_default_with_a_wrong_name_is_left_out_everywhere() -> None:
    graph, problems = salvaged("defaults: {owner: nobody}\nagents: {a: {}, b: {title: B}}")
    assert (values(graph, "agent:a"), values(graph, "agent:b")) == ({}, {"title": "B"})
    assert problems == ["dangling-reference"]


def test_of_a_component_that_is_declared_twice_the_first_counts() -> None:
    graph, problems = salvaged("agents: {a: {title: first}}", "agents: {a: {title: second}}")
    assert values(graph, "agent:a") == {"title": "first"}
    assert problems == ["duplicate-component"]


def test_components_go_before_a_statement_that_there_are_none() -> None:
    absence = "nothing_to_declare: {owner: it, date: 2026-01-01, reason: none}"
    graph, problems = salvaged("agents: {a: {}}", absence)
    assert ([str(component.reference) for component in graph.components], problems) == (["agent:a"], ["contradicted-absence"])


def test_more_wrong_names_than_are_listed_take_more_rounds() -> None:
    wrong = "\n".join(f"  a{number}: {{calls: [gone{number}]}}" for number in range(500))
    graph, problems = salvaged(f"agents:\n{wrong}\n  z: {{calls: [b]}}\nactions: {{b: {{}}}}")
    assert (len(graph.components), len(graph.edges)) == (502, 1)
    assert problems.count("too-many-problems") == 2


def test_too_many_rounds_end_without_a_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shipcheck.link.partial.MOST_ROUNDS", 1)
    graph, problems = link_partially(manifests("agents: {a: {calls: [b]}}"), vocabulary())
    assert (graph, [problem.code for problem in problems]) == (None, ["dangling-reference"])
