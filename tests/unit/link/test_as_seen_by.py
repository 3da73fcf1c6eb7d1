"""Manifests by a vocabulary that declares fields of packs otherwise than the one that they were validated by."""

import pytest
from tests.support.own_fields import known_with, manifest_in, pack

from shipcheck.graph.graph import Graph
from shipcheck.link.as_seen_by import as_seen_by
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.vocabulary.extended import records_of, united
from shipcheck.vocabulary.vocabulary import Vocabulary


def known(spec: str, *more: str) -> Vocabulary:
    lines = "".join(f"    {line}\n" for line in (f"x: {{{spec}, weaker: none, description: d}}", *more))
    return known_with(pack(f"fields:\n  agent:\n{lines}"))


def manifest(vocabulary: Vocabulary, value: str) -> Manifest:
    outcome = manifest_in(vocabulary, f"agents: {{a: {{model-risk: {{x: {value}}}}}}}\nteams: {{t: {{}}}}\ngates: {{g: {{}}}}")
    assert isinstance(outcome, Manifest), outcome
    return outcome


@pytest.mark.parametrize(
    ("own", "other", "value", "kept"),
    [
        ("type: yes_no", "type: text", "some", False),
        ("type: text", "type: choice, words: [a]", "a", True),
        ("type: choice, words: [a]", "type: text", "a", True),
        ("type: choice, words: [a]", "type: text", "b", False),
        ("type: choice, words: [a]", "type: choice, words: [a, b]", "b", False),
        ("type: choice, words: [a]", "type: choice, words: [a, b]", "a", True),
        ("type: choice, words: [a], list: true", "type: choice, words: [a, b], list: true", "[a, b]", False),
        ("type: choice, words: [a], list: true", "type: choice, words: [a]", "a", False),
        ("type: text", "type: text, list: true", "[a]", False),
        ("type: number", "type: integer", "1", True),
        ("type: integer", "type: number", "1.5", False),
        ("type: integer", "type: yes_no", "true", False),
        ("type: number", "type: yes_no", "true", False),
        ("type: yes_no", "type: integer", "1", False),
        ("type: date", "type: text", "soon", False),
        ("type: text", "type: date", "2026-01-01", False),
        ("type: text", "type: reference, to: [team]", "t", False),
        ("type: reference, to: [team]", "type: text", "t", False),
        ("type: reference, to: [team, gate]", "type: reference, to: [team]", "t", True),
        ("type: reference, to: [team]", "type: reference, to: [team, gate]", "t", False),
        ("type: reference, to: [team]", "type: reference, to: [team, gate]", "team:t", True),
        ("type: reference, to: [team]", "type: reference, to: [team, gate]", "gate:g", False),
        ("type: yes_no, absent: true", "type: text", "some", False),
    ],
)
def test_what_a_field_cannot_take_is_unknown(own: str, other: str, value: str, kept: bool) -> None:  # noqa: FBT001 - a case
    mine, theirs = known(own), known(other)
    [seen] = as_seen_by(mine, (manifest(theirs, value),), (theirs,))
    graph = link([seen], mine)
    assert isinstance(graph, Graph), graph
    record = graph.values[0].get("model-risk")
    assert isinstance(record, dict)
    assert ("x" in record) is kept


def test_what_nobody_declares_otherwise_is_the_very_same() -> None:
    mine, same = known("type: yes_no"), known("type: yes_no")
    before = (manifest(mine, "true"),)
    assert as_seen_by(mine, before, (same,))[0] is before[0]
    assert united(mine, same) is mine


def test_the_first_vocabulary_decides_and_the_second_adds() -> None:
    first, second = known("type: yes_no"), known("type: text", "later: {type: date, weaker: none, description: d}")
    record = records_of(united(first, second))["agent"]["model-risk"].record
    assert record is not None
    assert {name: spec.type for name, spec in record.fields.items()} == {"x": "yes_no", "later": "date"}
    other = records_of(united(second, first))["agent"]["model-risk"].record
    assert other is not None
    assert [spec.type for spec in other.fields.values()] == ["text", "date"]


def test_a_default_is_that_of_the_vocabulary_that_sees() -> None:
    strict, lax = known("type: yes_no"), known("type: yes_no, absent: true")
    outcome = manifest_in(lax, "agents: {a: {}}")
    assert isinstance(outcome, Manifest)
    for vocabulary, value in ((strict, None), (lax, {"x": True})):
        graph = link(as_seen_by(vocabulary, (outcome,), (lax,)), vocabulary)
        assert isinstance(graph, Graph)
        assert graph.values[0].get("model-risk") == value
