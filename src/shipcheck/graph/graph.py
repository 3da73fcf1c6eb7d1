"""Components and links as integers, with the way back to where each is written."""

from collections.abc import Iterator
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from shipcheck.model.component import Component, Reference
from shipcheck.model.document import Mapping, Scalar, Sequence
from shipcheck.model.document import Node as DocumentNode
from shipcheck.model.location import Location
from shipcheck.model.rounds import Rounds, rounds_key
from shipcheck.vocabulary.vocabulary import DECLARED

Node: TypeAlias = int
"""A component's position in `Graph.components`, from 0."""
SPELLED = "spelled"
"""Next to the facts about a file that is not found: the path of one that differs in case alone."""
DOUBT = "doubt"
"""Next to the facts about a symbol of which it is unknown whether its file defines it: why."""
EdgeNumber: TypeAlias = int
"""A link's position in `Graph.edges`, from 0."""


class Edge(NamedTuple):
    """One declared link, from the component that declares it to the one that it names.

    `gates` are the gates that its `through` names, in the order written. `item` is its position in the link's list, -1 for a link
    that takes a single value.
    """

    source: Node
    link: str
    target: Node
    gates: tuple[Node, ...]
    item: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Components sorted by reference, so that nodes order as references do, and edges sorted by `Edge`'s fields.

    `values` has, for each node, every value that a manifest, a default or a flow gives; references in it are nodes. `kinds` gives
    the contiguous range of nodes of each kind, `by_link` the ascending edge numbers of each link name, `ends` the target of
    each edge. `first` has one entry more than there are nodes: the edges of a node are `first[node]` up to `first[node + 1]`.
    """

    components: tuple[Component, ...]
    values: tuple[dict[str, object], ...]
    index: dict[Reference, Node]
    kinds: dict[str, range]
    edges: tuple[Edge, ...]
    by_link: dict[str, list[EdgeNumber]]
    ends: list[Node]
    first: list[EdgeNumber]

    def reference(self, node: Node) -> Reference:
        """The reference of a component."""
        return self.components[node].reference

    def nodes(self, kinds: tuple[str, ...]) -> Iterator[Node]:
        """Every component of these kinds: kind by kind in alphabetical order, ascending in each."""
        for kind in sorted(kinds):
            yield from self.kinds.get(kind, ())

    def place(self, node: Node) -> Location:
        """Where the component's name is written."""
        component = self.components[node]
        return component.source.locate(component.key)

    def value_place(self, node: Node, path: tuple[str | int, ...]) -> Location | None:
        """Where the value at `path`, of field names and list positions, is written; None where no manifest writes it.

        A value that begins on a line below its key is located at the key.
        """
        component = self.components[node]
        entry = self.written_at(node, path)
        if entry is None:
            return None
        key, value = entry
        return component.source.locate(key if key is not None and value.line > key.line else value)

    def written_at(self, node: Node, path: tuple[str | int, ...]) -> tuple[Scalar | None, DocumentNode] | None:
        """The key and the value written at `path`, as `Component.node_at`; of several rounds in the one that holds."""
        path = path[1:] if len(path) > 1 and path[0] == DECLARED else path
        rounds = self.values[node].get(rounds_key(str(path[0]))) if len(path) > 1 and isinstance(path[1], str) else None
        if isinstance(rounds, Rounds):
            path = (path[0], rounds.holding, *path[1:])
        return self.components[node].node_at(path)

    def edge_place(self, edge: Edge) -> Location:
        """Where the link's target is written."""
        source = self.components[edge.source].source
        node = self._edge_node(edge)
        if isinstance(node, Mapping):
            entry = node.find("to")
            node = entry[1] if entry else node
        return source.locate(node)

    def gate_place(self, edge: Edge, gate: Node, end: Node) -> Location:
        """Where the hop over `edge` into `end` names `gate`: in the link's `through`, or in the `guarded_by` of `end`.

        Raises:
            StopIteration: `gate` is on neither.
        """
        if gate in edge.gates:
            node = self._edge_node(edge)
            through = node.find("through") if isinstance(node, Mapping) else None
            items = through[1].items if through and isinstance(through[1], Sequence) else ()
            return self.components[edge.source].source.locate(items[edge.gates.index(gate)])
        guard = next(guard for guard in self.edges_from(end) if guard.link == "guarded_by" and guard.target == gate)
        return self.edge_place(guard)

    def declared(self, node: Node) -> dict[str, object]:
        """The values of a component with the fields that have a floor as they are written, and not raised."""
        values = self.values[node]
        given = written(values)
        if not given:
            return values
        kept = {name: value for name, value in values.items() if name not in given}
        return kept | {name: value for name, value in given.items() if value is not None}

    def edges_from(self, node: Node) -> Iterator[Edge]:
        """The links that a component declares."""
        return (self.edges[number] for number in self.numbers_from(node))

    def numbers_from(self, node: Node) -> range:
        """The edge numbers of the links that a component declares."""
        return range(self.first[node], self.first[node + 1])

    def _edge_node(self, edge: Edge) -> DocumentNode:
        path: tuple[str | int, ...] = (edge.link,) if edge.item < 0 else (edge.link, edge.item)
        entry = self.components[edge.source].node_at(path)
        if entry is None:  # pragma: no cover - every edge comes from a written item
            raise LookupError(f"edge {edge} has no place")
        return entry[1]


def written(values: dict[str, object]) -> dict[str, object]:
    """What is written for the fields of a component that have a floor, None for nothing; empty where its kind has none."""
    given = values.get(DECLARED)
    return given if isinstance(given, dict) else {}


def first_edges(edges: AnySequence[Edge], nodes: int) -> list[EdgeNumber]:
    """`Graph.first` for edges sorted by their source, in a graph of `nodes` components."""
    counts = [0] * (nodes + 1)
    for edge in edges:
        counts[edge[0] + 1] += 1
    return list(accumulate(counts))
