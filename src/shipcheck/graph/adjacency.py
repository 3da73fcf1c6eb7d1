"""Which hops lead where, for one choice of links to walk along."""

from collections.abc import Iterable, Iterator

from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import Vocabulary

Hop = tuple[int, int]  # the node at the other end, and the edge's number
Hops = dict[int, list[Hop]]
Neighbours = dict[int, list[int]]  # nodes by the node at the other end
# Of the hops that end at a node: where those start that name no gate, and where the others start, with their gates.
GatedEnd = tuple[list[int], list[tuple[int, tuple[int, ...]]]]

THROUGH = "through"
GUARDED_BY = "guarded_by"


class Links:
    """The links of one graph by their names, each table made when it is first asked for and shared by all who walk."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self.graph = graph
        self.vocabulary = vocabulary
        self._targets: dict[str, Neighbours] = {}
        self._sources: dict[str, Neighbours] = {}
        self._guards: dict[int, tuple[int, ...]] | None = None

    @property
    def guards(self) -> dict[int, tuple[int, ...]]:
        """The gates that guard each component that has any."""
        if self._guards is None:
            self._guards = {node: tuple(dict.fromkeys(gates)) for node, gates in self.targets(GUARDED_BY).items()}
        return self._guards

    def targets(self, name: str) -> Neighbours:
        """For each component that declares links of this name, what they name."""
        if name not in self._targets:
            table: Neighbours = {}
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table.setdefault(source, []).append(target)
            self._targets[name] = table
        return self._targets[name]

    def sources(self, name: str) -> Neighbours:
        """For each component that links of this name point at, who declares them."""
        if name not in self._sources:
            table: Neighbours = {}
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table.setdefault(target, []).append(source)
            self._sources[name] = table
        return self._sources[name]


class Adjacency:
    """Hops along some links, out of and into each node.

    Inverse names walk the same edge backwards; `through`, which only flows use, leads from a hop's start to the gates it passes.
    A node without hops is in no table.
    """

    def __init__(self, links: Links, along: tuple[str, ...]) -> None:
        names = set(along)
        inverses = links.vocabulary.inverses
        self.graph = links.graph
        self._links = links
        self.forward = tuple(name for name in inverses if name in names)
        self.backward = tuple(name for name, inverse in inverses.items() if inverse in names)
        self._gated = THROUGH in names
        self._before: tuple[Neighbours, ...] | None = None
        self._after: tuple[Neighbours, ...] | None = None
        self._out: Hops | None = None
        self._into: Hops | None = None
        self._gated_ends: dict[int, GatedEnd] | None = None

    @property
    def guards(self) -> dict[int, tuple[int, ...]]:
        """The gates that guard each component that has any."""
        return self._links.guards

    @property
    def gated(self) -> dict[int, GatedEnd]:
        """The nodes at which hops end that name a gate, with all that end there."""
        if self._gated_ends is None:
            self._gated_ends = {}
            numbers = [number for name in (*self.forward, *self.backward) for number in self.graph.by_link.get(name, ())]
            for number in numbers:
                source, link, target, gates, _ = self.graph.edges[number]
                if gates:
                    for start, end in self._directions(source, link, target):
                        self._gated_ends.setdefault(end, ([], []))[1].append((start, gates))
            for number in numbers if self._gated_ends else ():
                source, link, target, gates, _ = self.graph.edges[number]
                if not gates:
                    for start, end in self._directions(source, link, target):
                        if end in self._gated_ends:
                            self._gated_ends[end][0].append(start)
        return self._gated_ends

    def _directions(self, source: int, link: str, target: int) -> list[tuple[int, int]]:
        """The start and the end of the hops that a link makes."""
        found = [(source, target)] if link in self.forward else []
        return [*found, (target, source)] if link in self.backward else found

    @property
    def before(self) -> tuple[Neighbours, ...]:
        """Tables that give, together, every node one hop before a node."""
        if self._before is None:
            forward = [self._links.sources(name) for name in self.forward]
            backward = [self._links.targets(name) for name in self.backward]
            self._before = tuple(table for table in (*forward, *backward) if table)
        return self._before

    @property
    def after(self) -> tuple[Neighbours, ...]:
        """Tables that give, together, every node one hop behind a node."""
        if self._after is None:
            forward = [self._links.targets(name) for name in self.forward]
            backward = [self._links.sources(name) for name in self.backward]
            self._after = tuple(table for table in (*forward, *backward) if table)
        return self._after

    def onward(self, node: int) -> Iterable[Hop]:
        """The hops that start at a node, without a table of all where links are only walked forwards."""
        if self.backward or self._gated or self._out is not None:
            return self.out.get(node, ())
        edges = self.graph.edges
        return [(edges[number].target, number) for number in self.graph.numbers_from(node) if edges[number].link in self.forward]

    @property
    def out(self) -> Hops:
        """The hops that start at each node, in the order of the edges."""
        if self._out is None:
            self._out = {}
            for source, target, number in self._hops():
                self._out.setdefault(source, []).append((target, number))
        return self._out

    @property
    def into(self) -> Hops:
        """The hops that end at each node, each with the node it starts at, in the order of the edges."""
        if self._into is None:
            self._into = {}
            for source, target, number in self._hops():
                self._into.setdefault(target, []).append((source, number))
        return self._into

    def _hops(self) -> Iterator[tuple[int, int, int]]:
        """Every hop as (start, end, edge)."""
        edges = self.graph.edges
        for name in self.forward:
            for number in self.graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.source, edge.target, number
        for name in self.backward:
            for number in self.graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.target, edge.source, number
        if self._gated:
            for number, edge in enumerate(edges):
                for gate in edge.gates:
                    yield edge.source, gate, number
