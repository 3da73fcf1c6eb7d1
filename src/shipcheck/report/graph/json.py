"""The graph, machine-readable: components with their values, links with their gates, each with its place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from shipcheck.graph.graph import Graph
from shipcheck.model.location import Location
from shipcheck.report.encode import as_json
from shipcheck.report.graph.labels import LinkedGraph
from shipcheck.report.style import PLAIN, Style
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec, Vocabulary

GRAPH_VERSION = 1


def render(linked: LinkedGraph, _style: Style = PLAIN) -> str:
    """The whole graph as JSON; references are written in full, derived values are under `derived`."""
    graph, vocabulary = linked.graph, linked.vocabulary
    data = {
        "graph": GRAPH_VERSION,
        "components": [_component(graph, node, vocabulary) for node in range(len(graph.components))],
        "links": [
            {
                "from": str(graph.reference(edge.source)),
                "link": edge.link,
                "to": str(graph.reference(edge.target)),
                "through": [str(graph.reference(gate)) for gate in edge.gates],
                "location": _place(graph.edge_place(edge)),
            }
            for edge in graph.edges
        ],
    }
    return as_json(data)


def _component(graph: Graph, node: int, vocabulary: Vocabulary) -> dict[str, Any]:
    values = graph.values[node]
    kind = vocabulary.kinds[graph.reference(node).kind]
    derived = {name: values[name] for name in _derived_names(kind.name, vocabulary) if name in values}
    return {
        "component": str(graph.reference(node)),
        "kind": kind.name,
        "location": _place(graph.place(node)),
        "fields": _fields(graph, kind, graph.declared(node)),
        "derived": {name: _derived(graph, value) for name, value in derived.items()},
    }


def _derived_names(kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The values that are derived for components of a kind, by flows and by floors."""
    yield from (floor.field for floor in vocabulary.floors.values() if floor.kind == kind)
    yield from (name for name, flow in vocabulary.flows.items() if kind in flow.onto)


def _fields(graph: Graph, kind: KindSpec, values: dict[str, object]) -> dict[str, Any]:
    return {name: _value(graph, spec, values[name]) for name, spec in kind.fields.items() if name in values}


def _value(graph: Graph, spec: FieldSpec, value: Any) -> Any:
    if spec.many and isinstance(value, tuple):
        return [_single(graph, spec, item) for item in value]
    return _single(graph, spec, value)


def _single(graph: Graph, spec: FieldSpec, value: Any) -> Any:
    if spec.record and isinstance(value, dict):
        fields = spec.record.fields
        return {name: _value(graph, fields[name], inner) for name, inner in value.items() if name in fields}
    if spec.type == "reference":
        return str(graph.reference(value))
    return value.isoformat() if isinstance(value, date) else value


def _derived(graph: Graph, value: object) -> Any:
    return [str(graph.reference(node)) for node in value] if isinstance(value, tuple) else value


def _place(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
