"""Links read backwards: where each inverse leads, and that it means one link only."""

from datetime import date

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.evaluate.graph_view import GraphView
from shipcheck.model.component import Reference


def test_an_inverse_means_one_link_on_every_kind_that_it_leads_from() -> None:
    links = {
        (target, link.inverse, link.name)
        for kind in vocabulary().kinds.values()
        for link in kind.links.values()
        for target in link.to
    }
    assert len({(target, inverse) for target, inverse, _ in links}) == len(links)


@pytest.mark.parametrize(
    ("kind", "name", "targets"),
    [
        ("agent", "calls", ("action",)),
        ("use_case", "uses", ("agent", "model")),
        ("action", "called_by", ("agent",)),
        ("dataset", "read_by", ("action", "agent")),
        ("audit_sink", "audits", ("action", "agent", "gate")),
        ("agent", "changed_by", ("action",)),
        ("agent", "called_by", ()),
        ("agent", "nothing_such", ()),
        ("gate", "guards", ("action", "agent")),
    ],
)
def test_a_link_or_inverse_leads_to_kinds(kind: str, name: str, targets: tuple[str, ...]) -> None:
    assert vocabulary().targets(kind, name) == targets


def test_only_guards_holds_the_targets_of_hops() -> None:
    assert [name for name in vocabulary().backward if vocabulary().holds_hops(name)] == ["guards"]


def test_a_gate_guards_what_names_it_and_what_hops_lead_to_through_it() -> None:
    graph = graph_of("""
        shipcheck: 1
        agents:
          a: {calls: [{to: b, through: [g]}, d], delegates_to: [{to: e, through: [h, g]}]}
          e: {}
        actions: {b: {}, c: {guarded_by: [g]}, d: {guarded_by: [h], starts: [{to: e, through: [h]}]}}
        gates: {g: {}, h: {}}
    """)
    guards = GraphView(graph, vocabulary(), date(2026, 1, 1)).inverse("guards")
    found = {
        name: [str(graph.reference(node)) for node in guards[graph.index[Reference("gate", "default", name)]]]
        for name in ("g", "h")
    }
    assert found == {"g": ["action:b", "action:c", "agent:e"], "h": ["action:d", "agent:e"]}
