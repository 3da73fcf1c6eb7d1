"""Which hops lead where, for one choice of links to walk along."""

from collections.abc import Iterator

from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import Vocabulary

Hop = tuple[int, int]  # the node at the other end, and the edge's number
Hops = dict[int, list[Hop]]

THROUGH = "through"


class Adjacency:
    """Hops out of and into each node, each direction made when it is first asked for; a node without hops is missing.

    Lists are in the order of the edges. Inverse names walk the same edge backwards; `through`, which only flows use, leads from a
    hop's start to the gates it passes.
    """

    def __init__(self, graph: Graph, vocabulary: Vocabulary, along: tuple[str, ...]) -> None:
        names = set(along)
        self._graph = graph
        self._forward = [name for name in vocabulary.inverses if name in names]
        self._backward = [name for name, inverse in vocabulary.inverses.items() if inverse in names]
        self._gated = THROUGH in names
        self._out: Hops | None = None
        self._into: Hops | None = None

    @property
    def out(self) -> Hops:
        """The hops that start at each node."""
        if self._out is None:
            self._out = {}
            for source, target, number in self._hops():
                self._out.setdefault(source, []).append((target, number))
        return self._out

    @property
    def into(self) -> Hops:
        """The hops that end at each node, each with the node it starts at."""
        if self._into is None:
            self._into = {}
            for source, target, number in self._hops():
                self._into.setdefault(target, []).append((source, number))
        return self._into

    def _hops(self) -> Iterator[tuple[int, int, int]]:
        """Every hop as (start, end, edge)."""
        edges = self._graph.edges
        for name in self._forward:
            for number in self._graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.source, edge.target, number
        for name in self._backward:
            for number in self._graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.target, edge.source, number
        if self._gated:
            for number, edge in enumerate(edges):
                for gate in edge.gates:
                    yield edge.source, gate, number
