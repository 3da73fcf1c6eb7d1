"""What a component declares, as the texts by which consents name it: a field, a link, or the whole of one that is new or gone."""

from typing import Any

from shipcheck.compare.weaker import Declared, code_texts
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair, code_of
from shipcheck.model.edit import value_text
from shipcheck.model.rounds import rounds_key, rounds_of
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


def whole(graph: Graph, node: Node, vocabulary: Vocabulary) -> str:
    """Everything that a manifest or a default of its file declares for a component, references by their full names."""
    kind, written = vocabulary.kinds[graph.reference(node).kind], graph.components[node].values
    values = graph.values[node]
    said = {
        name: _with_rounds(graph, values, spec) for name, spec in kind.fields.items() if name in written and not spec.collected
    }
    links: dict[str, list[str]] = {name: [] for name in kind.links if name in written}
    for edge in graph.edges_from(node):
        gates = ", ".join(str(graph.reference(gate)) for gate in edge.gates)
        links[edge.link].append(f"{graph.reference(edge.target)}{f' through {gates}' if gates else ''}")
    return value_text({**said, **links}) or ""


class Texts:
    """The text of each field and link of one graph."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._declared = Declared(graph, graph, (), vocabulary)

    def of(self, node: Node, field: str) -> str | None:
        """What a component declares for a field path or a link; None if nothing, or if there is no such field."""
        kind = self._vocabulary.kinds[self._graph.reference(node).kind]
        if field in kind.links:
            return value_text(self._declared.links(Pair(node, node, "reference"), field)[1])
        fields: dict[str, FieldSpec] = kind.fields
        value: dict[str, Any] = self._graph.values[node]
        *outer, last = field.split(".")
        for name in outer:
            record = fields[name].record if name in fields else None
            fields, value = record.declared if record else {}, value.get(name) or {}
        if last not in fields:
            return None
        if (fields[last].rounds or fields[last].key) and not outer:
            return records_text(self._graph, node, fields[last])
        if last == "implemented_by" and not outer:
            return value_text(code_texts(code_of(self._graph, node)))
        return value_text(self._declared.comparable(fields[last], value.get(last), value.get(last))[1])


def records_text(graph: Graph, node: Node, spec: FieldSpec) -> str | None:
    """What a component declares for a field that holds records, every round of it; None if nothing."""
    return value_text(_with_rounds(graph, graph.values[node], spec)) if spec.name in graph.values[node] else None


def _with_rounds(graph: Graph, values: dict[str, Any], spec: FieldSpec) -> Any:
    """The value of a field with names in place of nodes; of one that has rounds, all of them."""
    if rounds_key(spec.name) in values:
        return [_named(graph, spec, record) for record in rounds_of(values, spec.name)]
    return _named(graph, spec, values[spec.name])


def _named(graph: Graph, spec: FieldSpec, value: Any) -> Any:
    """A value with names in place of nodes, and without the facts about it."""
    if spec.many:
        return [_single(graph, spec, item) for item in value]
    return _single(graph, spec, value)


def _single(graph: Graph, spec: FieldSpec, value: Any) -> Any:
    if spec.type == "reference":
        return str(graph.reference(value))
    if spec.record:
        return {name: _named(graph, inner, value[name]) for name, inner in spec.record.declared.items() if name in value}
    return value
