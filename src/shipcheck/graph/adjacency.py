"""Which hops lead where, for one choice of links to walk along."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.vocabulary import Vocabulary

Hop = tuple[int, int]  # the node at the other end, and the edge's number
Hops = dict[int, list[Hop]]
Neighbours = dict[int, list[int]]  # nodes by the node at the other end

THROUGH = "through"
GUARDED_BY = "guarded_by"


@dataclass(frozen=True, slots=True)
class Split:
    """Where the hops along one link start, by the node they end at: those that name no gate; those that do, with their gates."""

    free: Neighbours
    gated: dict[int, list[tuple[int, tuple[int, ...]]]]
    _narrowed: dict[frozenset[int], Neighbours] = field(default_factory=dict)

    def narrowed(self, fitting: frozenset[int]) -> Neighbours:
        """Where the hops start that name gates of which none is among these, for the nodes that were asked for so far."""
        return self._narrowed.setdefault(fitting, {})


class Links:
    """The links of one graph by their names, each table made when it is first asked for and shared by all who walk."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self.graph = graph
        self.vocabulary = vocabulary
        self._targets: dict[str, Neighbours] = {}
        self._sources: dict[str, Neighbours] = {}
        self._split: dict[tuple[str, bool], Split] = {}
        self._guards: dict[int, tuple[int, ...]] | None = None

    def split(self, name: str, *, backwards: bool) -> Split:
        """Where the hops along links of this name start, walked forwards or backwards."""
        key = (name, backwards)
        if key not in self._split:
            free: defaultdict[int, list[int]] = defaultdict(list)
            gated: defaultdict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                start, _, end, gates, _ = edges[number]
                if backwards:
                    start, end = end, start
                if gates:
                    gated[end].append((start, gates))
                else:
                    free[end].append(start)
            self._split[key] = Split(dict(free), dict(gated))
        return self._split[key]

    @property
    def guards(self) -> dict[int, tuple[int, ...]]:
        """The gates that guard each component that has any."""
        if self._guards is None:
            self._guards = {node: tuple(dict.fromkeys(gates)) for node, gates in self.targets(GUARDED_BY).items()}
        return self._guards

    def targets(self, name: str) -> Neighbours:
        """For each component that declares links of this name, what they name."""
        if name not in self._targets:
            table: defaultdict[int, list[int]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table[source].append(target)
            self._targets[name] = dict(table)
        return self._targets[name]

    def sources(self, name: str) -> Neighbours:
        """For each component that links of this name point at, who declares them."""
        if name not in self._sources:
            table: defaultdict[int, list[int]] = defaultdict(list)
            edges = self.graph.edges
            for number in self.graph.by_link.get(name, ()):
                source, _, target, _, _ = edges[number]
                table[target].append(source)
            self._sources[name] = dict(table)
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
        self._before: tuple[Split, ...] | None = None
        self._after: tuple[Neighbours, ...] | None = None
        self._width: int | None = None
        self._out: Hops | None = None
        self._into: Hops | None = None

    @property
    def in_order(self) -> bool:
        """Whether `onward` gives the hops by link name and by the node they lead to."""
        return not self.backward and not self._gated

    @property
    def guards(self) -> dict[int, tuple[int, ...]]:
        """The gates that guard each component that has any."""
        return self._links.guards

    @property
    def width(self) -> int:
        """How many hops start at a node, on average and at least one."""
        if self._width is None:
            count = sum(len(self.graph.by_link.get(name, ())) for name in (*self.forward, *self.backward))
            starts = {node for table in self.after for node in table} if count else ()
            self._width = 1 + count // max(1, len(starts))
        return self._width

    @property
    def before(self) -> tuple[Split, ...]:
        """Tables that give, together, every node one hop before a node, and the gates that hops name."""
        if self._before is None:
            split = [self._links.split(name, backwards=False) for name in self.forward]
            split += [self._links.split(name, backwards=True) for name in self.backward]
            self._before = tuple(tables for tables in split if tables.free or tables.gated)
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
        if not self.in_order:
            return self.out.get(node, ())
        edges, forward = self.graph.edges, self.forward
        return [(edges[number][2], number) for number in self.graph.numbers_from(node) if edges[number][1] in forward]

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
