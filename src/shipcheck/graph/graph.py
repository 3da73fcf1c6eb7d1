"""Typed nodes and links as integers, with the way back to where each is written."""

from collections.abc import Iterator
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from shipcheck.model.component import Component, Reference
from shipcheck.model.document import Mapping, Node, Sequence
from shipcheck.model.location import Location


class Edge(NamedTuple):
    """One declared link. `gates` are the nodes its hop passes; `item` is its place in the link field, -1 for a single link."""

    source: int
    link: str
    target: int
    gates: tuple[int, ...]
    item: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Components sorted by reference, so that a node's number orders as its reference does; edges sorted by their ends.

    `values` holds, for each node, every value that a manifest, a default or a flow gives; references in it are node numbers.
    `kinds` gives the contiguous range of nodes of each kind, `by_link` the numbers of the edges of each link name, `ends`
    the node that each edge leads to, `first` the number of each node's first edge, and one more at the end.
    """

    components: tuple[Component, ...]
    values: tuple[dict[str, object], ...]
    index: dict[Reference, int]
    kinds: dict[str, range]
    edges: tuple[Edge, ...]
    by_link: dict[str, list[int]]
    ends: list[int]
    first: list[int]

    def reference(self, node: int) -> Reference:
        """The reference of a node."""
        return self.components[node].reference

    def nodes(self, kinds: tuple[str, ...]) -> Iterator[int]:
        """Every node of these kinds, in order."""
        for kind in sorted(kinds):
            yield from self.kinds.get(kind, ())

    def place(self, node: int) -> Location:
        """Where the component's name is written."""
        component = self.components[node]
        return component.source.locate(component.key)

    def value_place(self, node: int, path: tuple[str | int, ...]) -> Location | None:
        """Where the value at a path of field names is written, or None where no manifest writes it.

        A value that begins on a line of its own below its key stands at the key.
        """
        component = self.components[node]
        found = component.node_at(path)
        if found is None:
            return None
        key, value = found
        return component.source.locate(key if key is not None and value.line > key.line else value)

    def edge_place(self, edge: Edge) -> Location:
        """Where the link's target is written."""
        source = self.components[edge.source].source
        node = self._edge_node(edge)
        if isinstance(node, Mapping):
            entry = node.find("to")
            node = entry[1] if entry else node
        return source.locate(node)

    def gate_place(self, edge: Edge, gate: int, end: int) -> Location:
        """Where the hop into `end` names the gate: in its `through`, or at the guarded component's `guarded_by`."""
        if gate in edge.gates:
            node = self._edge_node(edge)
            through = node.find("through") if isinstance(node, Mapping) else None
            items = through[1].items if through and isinstance(through[1], Sequence) else ()
            return self.components[edge.source].source.locate(items[edge.gates.index(gate)])
        guard = next(guard for guard in self.edges_from(end) if guard.link == "guarded_by" and guard.target == gate)
        return self.edge_place(guard)

    def edges_from(self, node: int) -> Iterator[Edge]:
        """The links that the component declares."""
        return (self.edges[number] for number in self.numbers_from(node))

    def numbers_from(self, node: int) -> range:
        """The numbers of the links that the component declares."""
        return range(self.first[node], self.first[node + 1])

    def _edge_node(self, edge: Edge) -> Node:
        path: tuple[str | int, ...] = (edge.link,) if edge.item < 0 else (edge.link, edge.item)
        found = self.components[edge.source].node_at(path)
        if found is None:  # pragma: no cover - every edge comes from a written item
            raise LookupError(f"edge {edge} has no place")
        return found[1]


def first_edges(edges: AnySequence[Edge], nodes: int) -> list[int]:
    """The number of each node's first edge, where edges are sorted by their ends, and one more at the end."""
    counts = [0] * (nodes + 1)
    for edge in edges:
        counts[edge[0] + 1] += 1
    return list(accumulate(counts))
