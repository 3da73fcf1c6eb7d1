"""Head and base in one graph: the components of the base come after those of the head, with their own values and links."""

from dataclasses import dataclass
from typing import Any

from shipcheck.graph.graph import Edge, Graph, Node
from shipcheck.graph.pairs import Pair, pairs
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


@dataclass(frozen=True, slots=True)
class Joined:
    """The head's graph with the components of the base after its own.

    Ranges, index and links are those of the head alone. `end` is the first node of the base. `twins` gives the node in the base
    of a component of the head, `heads` that in the head of one in the base. `base_edges` are the links of the base, `base_kinds`
    its ranges of nodes.
    """

    graph: Graph
    end: Node
    twins: dict[Node, Node]
    heads: dict[Node, Node]
    base_edges: tuple[Edge, ...]
    base_kinds: dict[str, range]


def alone(head: Graph) -> Joined:
    """The head without a base."""
    return Joined(head, len(head.components), {}, {}, (), {})


def join(head: Graph, base: Graph, vocabulary: Vocabulary, choice: int = 0, found: tuple[Pair, ...] | None = None) -> Joined:
    """The head with its base; a component of the head and the one that it was in the base are twins.

    `found` are the pairs of the two, where they are known already.

    A component that was several has the one at position `choice`, from 0, or else the last one.
    """
    end = len(head.components)
    shift = _Shift(end, vocabulary)
    values = tuple(shift.values(base.reference(node).kind, given) for node, given in enumerate(base.values))
    first = head.first + [head.first[-1]] * len(base.components)
    components = head.components + base.components
    graph = Graph(components, head.values + values, head.index, head.kinds, head.edges, head.by_link, head.ends, first)
    heads: dict[Node, Node] = {}
    bases: dict[Node, list[Node]] = {}
    for before, after, _ in pairs(base, head) if found is None else found:
        bases.setdefault(after, []).append(end + before)
        heads.setdefault(end + before, after)
    twins = {node: before[min(choice, len(before) - 1)] for node, before in bases.items()}
    edges = tuple(shift.edge(edge) for edge in base.edges)
    kinds = {kind: range(nodes.start + end, nodes.stop + end) for kind, nodes in base.kinds.items()}
    return Joined(graph, end, twins, heads, edges, kinds)


class _Shift:
    """Renumbers the components in the values of the base."""

    def __init__(self, end: Node, vocabulary: Vocabulary) -> None:
        self._end = end
        self._vocabulary = vocabulary

    def edge(self, edge: Edge) -> Edge:
        gates = tuple(gate + self._end for gate in edge.gates)
        return Edge(edge.source + self._end, edge.link, edge.target + self._end, gates, edge.item)

    def values(self, kind: str, given: dict[str, object]) -> dict[str, object]:
        spec = self._vocabulary.kinds[kind]
        return {name: self._value(name, spec.fields.get(name), value, spec.links) for name, value in given.items()}

    def _value(self, name: str, spec: FieldSpec | None, value: Any, links: Any) -> Any:
        flow = self._vocabulary.flows.get(name)
        if name in links or (spec is None and flow is not None and flow.combine == "collect"):
            return self._moved(value)
        return self._field(spec, value) if spec is not None else value

    def _field(self, spec: FieldSpec, value: Any) -> Any:
        if spec.record is not None:
            if isinstance(value, tuple):
                return tuple(self._record(spec, item) for item in value)
            return self._record(spec, value)
        return self._moved(value) if spec.type == "reference" else value

    def _record(self, spec: FieldSpec, value: Any) -> Any:
        fields = spec.record.fields if spec.record else {}
        return {name: self._field(fields[name], inner) if name in fields else inner for name, inner in value.items()}

    def _moved(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(None if item is None else item + self._end for item in value)
        return None if value is None else value + self._end
