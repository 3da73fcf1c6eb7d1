"""Which hops lead where, for one choice of links that paths follow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from shipcheck.graph.graph import EdgeNumber, Graph, Node
from shipcheck.vocabulary.vocabulary import Vocabulary

Neighbour: TypeAlias = tuple[Node, EdgeNumber]
"""A node one hop away, and the edge of that hop."""
GraphHop: TypeAlias = tuple[Node, EdgeNumber, Node]
"""One hop of a path: where it starts, its edge, and where it ends. A plain tuple, since searches build one for every hop."""
NeighbourTable: TypeAlias = dict[Node, list[Neighbour]]
NodeTable: TypeAlias = dict[Node, list[Node]]

THROUGH = "through"
GUARDED_BY = "guarded_by"


@dataclass(frozen=True, slots=True)
class IncomingHops:
    """The hops along one link, by the node that they end at.

    `ungated` gives the starts of hops that name no gate, `gated` the starts of the others, each with the gates named.
    """

    ungated: NodeTable
    gated: dict[Node, list[tuple[Node, tuple[Node, ...]]]]
    _open: dict[frozenset[Node], NodeTable] = field(default_factory=dict)

    def open_despite(self, qualifying: frozenset[Node]) -> NodeTable:
        """A table for the starts of hops that name gates but none in `qualifying`; searches fill it node by node and share it."""
        return self._open.setdefault(qualifying, {})


class LinkTables:
    """The links of one graph by their names; each table is built on first use and shared by all searches."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self.graph = graph
        self.vocabulary = vocabulary
        self._targets: dict[str, NodeTable] = {}
        self._sources: dict[str, NodeTable] = {}
        self._incoming: dict[tuple[str, bool], IncomingHops] = {}
        self._guards: dict[Node, tuple[Node, ...]] | None = None

    def incoming(self, name: str, *, backwards: bool) -> IncomingHops:
        """The hops along links of this name, from source to target or, `backwards`, from target to source."""
        key = (name, backwards)
        if key not in self._incoming:
            ungated: defaultdict[Node, list[Node]] = defaultdict(list)
            gated: defaultdict[Node, list[tuple[Node, tuple[Node, ...]]]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                start, _, end, gates, _ = edges[number]
                if backwards:
                    start, end = end, start
                if gates:
                    gated[end].append((start, gates))
                else:
                    ungated[end].append(start)
            self._incoming[key] = IncomingHops(dict(ungated), dict(gated))
        return self._incoming[key]

    @property
    def guards(self) -> dict[Node, tuple[Node, ...]]:
        """The gates in the `guarded_by` of each component that has any, once each."""
        if self._guards is None:
            self._guards = {node: tuple(dict.fromkeys(gates)) for node, gates in self.targets(GUARDED_BY).items()}
        return self._guards

    def targets(self, name: str) -> NodeTable:
        """For each component that declares links of this name, the components that they name."""
        if name not in self._targets:
            table: defaultdict[Node, list[Node]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table[source].append(target)
            self._targets[name] = dict(table)
        return self._targets[name]

    def sources(self, name: str) -> NodeTable:
        """For each component that links of this name point at, the components that declare them."""
        if name not in self._sources:
            table: defaultdict[Node, list[Node]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table[target].append(source)
            self._sources[name] = dict(table)
        return self._sources[name]


class Adjacency:
    """The hops along some links, out of and into each node.

    `along` takes link names, which hops follow from source to target; inverse names, which they follow from target to source; and
    `through`, which only flows use and which leads from a hop's start to each gate that it names. A node without hops is in no
    table.
    """

    def __init__(self, links: LinkTables, along: tuple[str, ...]) -> None:
        names = set(along)
        inverses = links.vocabulary.inverses
        self.graph = links.graph
        self._links = links
        self.forward = tuple(name for name in inverses if name in names)
        self.backward = tuple(name for name, inverse in inverses.items() if inverse in names)
        self._to_gates = THROUGH in names
        self._before: tuple[IncomingHops, ...] | None = None
        self._after: tuple[NodeTable, ...] | None = None
        self._width: int | None = None
        self._out: NeighbourTable | None = None
        self._into: NeighbourTable | None = None

    @property
    def in_order(self) -> bool:
        """Whether `onward` gives the hops by link name and by the node that they lead to."""
        return not self.backward and not self._to_gates

    @property
    def guards(self) -> dict[Node, tuple[Node, ...]]:
        """The gates in the `guarded_by` of each component that has any."""
        return self._links.guards

    @property
    def width(self) -> int:
        """How many hops start at a node that has any, on average; at least 1."""
        if self._width is None:
            count = sum(len(self.graph.by_link.get(name, ())) for name in (*self.forward, *self.backward))
            starts = {node for table in self.after for node in table} if count else ()
            self._width = 1 + count // max(1, len(starts))
        return self._width

    @property
    def before(self) -> tuple[IncomingHops, ...]:
        """One table a link; together they give every hop that ends at a node. Without those of `through`."""
        if self._before is None:
            incoming = [self._links.incoming(name, backwards=False) for name in self.forward]
            incoming += [self._links.incoming(name, backwards=True) for name in self.backward]
            self._before = tuple(table for table in incoming if table.ungated or table.gated)
        return self._before

    @property
    def after(self) -> tuple[NodeTable, ...]:
        """One table a link; together they give every node one hop after a node. Without those of `through`."""
        if self._after is None:
            forward = [self._links.targets(name) for name in self.forward]
            backward = [self._links.sources(name) for name in self.backward]
            self._after = tuple(table for table in (*forward, *backward) if table)
        return self._after

    def onward(self, node: Node) -> Iterable[Neighbour]:
        """The hops that start at `node`. Where every link is followed forwards, no table of all hops is built for it."""
        if not self.in_order:
            return self.out.get(node, ())
        edges, forward = self.graph.edges, self.forward
        return [(edges[number][2], number) for number in self.graph.numbers_from(node) if edges[number][1] in forward]

    @property
    def out(self) -> NeighbourTable:
        """The hops that start at each node, link by link and in each by edge number."""
        if self._out is None:
            self._out = {}
            for source, number, target in self._hops():
                self._out.setdefault(source, []).append((target, number))
        return self._out

    @property
    def into(self) -> NeighbourTable:
        """The hops that end at each node, each with the node that it starts at, in the same order."""
        if self._into is None:
            self._into = {}
            for source, number, target in self._hops():
                self._into.setdefault(target, []).append((source, number))
        return self._into

    def _hops(self) -> Iterator[GraphHop]:
        edges = self.graph.edges
        for name in self.forward:
            for number in self.graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.source, number, edge.target
        for name in self.backward:
            for number in self.graph.by_link.get(name, ()):
                edge = edges[number]
                yield edge.target, number, edge.source
        if self._to_gates:
            for number, edge in enumerate(edges):
                for gate in edge.gates:
                    yield edge.source, number, gate
