"""Defaults of a file: for every component of a section that does not write the field, with the place where they are written."""

import pytest
from tests.support.own_fields import complaints, graph_in, known_with, manifest_in, pack, values
from tests.support.worlds import only, vocabulary

from shipcheck.graph.graph import Graph
from shipcheck.model.component import Manifest
from shipcheck.model.document import Source
from shipcheck.model.packed import pack as packed
from shipcheck.model.packed import unpack

FIELDS = """
fields:
  gate:
    tested: {type: yes_no, weaker: lower, description: d}
    tier: {type: integer, absent: 1, weaker: lower, description: d}
    reviewers: {type: reference, to: [team], list: true, weaker: fewer, description: d}
"""
KNOWN = known_with(pack(FIELDS))
TEXT = """
defaults:
  owner: ours
  gates: {owner: theirs, approvals: 2, decisions: [approve, reject], model-risk: {tested: false, reviewers: [ours, theirs]}}
gates:
  plain: {}
  own: {owner: ours, approvals: 3, decisions: [], model-risk: {tested: true}}
actions: {pay: {}}
teams: {ours: {}, theirs: {}}
"""


def gate(name: str) -> dict[str, object]:
    return values(graph_in(KNOWN, TEXT), f"gate:{name}")


def owner(graph: Graph, name: str) -> str:
    return graph.reference(int(str(values(graph, name)["owner"]))).name


def test_a_component_gets_what_it_does_not_write() -> None:
    assert gate("plain")["approvals"] == 2
    assert gate("plain")["decisions"] == ("approve", "reject")
    assert gate("own")["approvals"] == 3
    assert gate("own")["decisions"] == ()


def test_the_section_decides_over_the_whole_file() -> None:
    graph = graph_in(KNOWN, TEXT)
    owners = {
        name: graph.reference(int(str(values(graph, name)["owner"]))).name for name in ("gate:plain", "gate:own", "action:pay")
    }
    assert owners == {"gate:plain": "theirs", "gate:own": "ours", "action:pay": "ours"}


def test_the_order_of_the_two_decides_nothing() -> None:
    text = "defaults: {gates: {owner: theirs}, owner: ours}\ngates: {plain: {}}\nteams: {ours: {}, theirs: {}}"
    graph = graph_in(vocabulary(), text)
    assert owner(graph, "gate:plain") == "theirs"


def test_fields_of_a_pack_have_defaults_one_by_one() -> None:
    plain, own = gate("plain")["model-risk"], gate("own")["model-risk"]
    assert isinstance(plain, dict)
    assert isinstance(own, dict)
    assert (plain["tested"], plain["tier"], len(plain["reviewers"])) == (False, 1, 2)
    assert (own["tested"], own["tier"], own["reviewers"]) == (True, 1, plain["reviewers"])


def test_what_is_inherited_is_found_where_it_is_written() -> None:
    graph = graph_in(KNOWN, TEXT)
    node = next(node for reference, node in graph.index.items() if reference.name == "own")
    places = {
        path: graph.value_place(node, path) for path in (("model-risk", "reviewers"), ("model-risk", "reviewers", 1), ("owner",))
    }
    assert {path: place.line for path, place in places.items() if place} == {
        ("model-risk", "reviewers"): 5,
        ("model-risk", "reviewers", 1): 5,
        ("owner",): 8,
    }


def test_what_is_inherited_passes_between_processes() -> None:
    manifest = manifest_in(KNOWN, TEXT)
    assert isinstance(manifest, Manifest)
    assert manifest.components[0].inherited.keys() == {
        "owner",
        "approvals",
        "decisions",
        "model-risk.tested",
        "model-risk.reviewers",
    }
    plain = packed(manifest)
    assert plain is not None
    assert unpack(plain, Source(manifest.source.file, manifest.source.reopen)) == manifest


def test_a_finding_shows_the_component_and_the_default() -> None:
    text = "shipcheck: 1\ndefaults: {gates: {decisions: [approve]}}\ngates:\n  g: {}\n"
    finding = only("each: gate\nmust: reject in decisions\nseverity: error\nmessage: m", {"shipcheck.yaml": text})
    assert finding.location.line == 4
    [given] = finding.reasons
    assert given.text == "decisions is [approve], from the defaults of this file"
    assert given.location is not None
    assert given.location.line == 2


@pytest.mark.parametrize("name", sorted(vocabulary().own))
def test_what_is_of_one_component_alone_has_no_default(name: str) -> None:
    kind = next(kind for kind in vocabulary().kinds.values() if name in kind.declared)
    text = f"defaults: {{{kind.section}: {{{name}: x}}}}"
    assert complaints(vocabulary(), text) == [f"'{name}' is of one component alone; write it there"]


def test_every_name_of_one_component_alone_is_a_field() -> None:
    assert vocabulary().own <= {name for kind in vocabulary().kinds.values() for name in kind.declared}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gates: {g: {tested: true}}", "write 'model-risk: {tested: ...}', as it is a field of pack bank/model-risk"),
        ("gates: {g: {model-risk: {tsted: true}}}", "unknown field 'tsted' in gate.model-risk; did you mean 'tested'?"),
        ("agents: {a: {model-risk: {tested: true}}}", "pack bank/model-risk adds no field to agents; delete 'model-risk'"),
        (
            "gates: {g: {m-25-21: {tested: true}}}",
            "if it has fields of a pack, add the pack to packs in .shipcheck/settings.yaml",
        ),
        ("gates: {g: {model-risk: true}}", "expected a map, found 'true'; write {tested: true, tier: ..., reviewers: ...}"),
        ("gates: {g: {model-risk: }}", "missing value of 'model-risk'"),
        ("defaults: {gates: {model-risk: {tested: maybe}}}", "'maybe' is not true or false"),
    ],
)
def test_a_mistake_in_a_field_of_a_pack_is_explained(text: str, message: str) -> None:
    [found] = complaints(KNOWN, text)
    assert message in found
