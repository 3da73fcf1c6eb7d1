"""Paths past gates: reverse searches from many targets at once, and the one shortest path that a finding shows."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from shipcheck.graph.adjacency import Adjacency, GraphHop, Neighbour
from shipcheck.graph.graph import EdgeNumber, Node


class OpenHops:
    """The hops of an adjacency that are open, given which gates qualify.

    A hop is gated where it names a qualifying gate or ends at a component that one guards; a path does not lead on through a node
    that is a qualifying gate itself. With `last_only` a gate counts only on the hop into a target, or right before it.
    """

    def __init__(self, adjacency: Adjacency, qualifying: frozenset[Node] = frozenset(), *, last_only: bool = False) -> None:
        self.adjacency = adjacency
        self.qualifying = qualifying
        self.last_only = last_only
        self._tables = [(hops.ungated, hops.gated, hops.open_despite(qualifying)) for hops in adjacency.before]
        self._guards = adjacency.guards if qualifying else {}
        self._edges = adjacency.graph.edges

    def is_gated(self, edge: EdgeNumber, end: Node) -> bool:
        """Whether the hop over `edge` into `end` passes a qualifying gate."""
        gates = self._edges[edge][3]
        return (gates != () and not self.qualifying.isdisjoint(gates)) or (end in self._guards and self._is_guarded(end))

    def _is_guarded(self, node: Node) -> bool:
        return not self.qualifying.isdisjoint(self._guards.get(node, ()))

    def before(self, nodes: Iterable[Node], *, last: bool) -> set[Node]:
        """Every node one open hop before any of `nodes`; `last` says that these are targets."""
        if self.last_only and not last:
            return self._all_sources(nodes)
        if self.qualifying and not last:
            nodes = [node for node in nodes if node not in self.qualifying]
        if self._guards:
            nodes = [node for node in nodes if not self._is_guarded(node)]
        return self._open_sources(nodes)

    def _open_sources(self, nodes: Iterable[Node]) -> set[Node]:
        reached: set[Node] = set()
        add, tables, qualifying = reached.update, self._tables, self.qualifying
        for node in nodes:
            for ungated, gated, still_open in tables:
                if node in ungated:
                    add(ungated[node])
                if node in gated:
                    if node not in still_open:
                        still_open[node] = [source for source, gates in gated[node] if qualifying.isdisjoint(gates)]
                    add(still_open[node])
        return reached

    def _all_sources(self, nodes: Iterable[Node]) -> set[Node]:
        reached: set[Node] = set()
        for node in nodes:
            for ungated, gated, _ in self._tables:
                reached.update(ungated.get(node, ()))
                reached.update([source for source, _ in gated.get(node, ())])
        return reached

    def onward(self, node: Node, *, last: bool) -> Iterator[Neighbour]:
        """The open hops out of `node`; `last` says that they lead to a target."""
        return ((target, edge) for target, edge in self.adjacency.onward(node) if self.is_open(target, edge, last=last))

    def is_open(self, target: Node, edge: EdgeNumber, *, last: bool) -> bool:
        """Whether a path can take the hop over `edge` to `target`; `last` says that the path ends there."""
        if not self.qualifying or (self.last_only and not last):
            return True
        return not (self.is_gated(edge, target) or (not last and target in self.qualifying))


@dataclass(frozen=True, slots=True)
class Distances:
    """How far each node is from the nearest of some targets over open hops.

    `lengths` gives the number of hops of a shortest path from, or through, each node that has one; at least 1. The nodes in
    `gate_starts` are qualifying gates right before a target where only that place counts: a path of one hop may start there,
    but none may lead through it to that target.
    """

    targets: frozenset[Node]
    open_hops: OpenHops
    lengths: dict[Node, int]
    gate_starts: frozenset[Node]
    _next: dict[tuple[Node, int], GraphHop] = field(default_factory=dict)
    _last: dict[tuple[Node, int], GraphHop] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        """About how many hops the search has visited."""
        return len(self.lengths) * self.open_hops.adjacency.width

    def distance(self, node: Node) -> int | None:
        """The fewest hops from `node` to a target, at least 1; None where no open path leads to one."""
        return 1 if node in self.gate_starts else self.lengths.get(node)

    def shortest_path(self, node: Node) -> list[GraphHop]:
        """The shortest open path from `node` to a target; of several, the first by link name and reference, hop by hop.

        It is empty where there is none.
        """
        hops: list[GraphHop] = []
        left = self.distance(node) or 0
        while left:
            hop = self._next_hop(node, left)
            hops.append(hop)
            node = hop[2]
            left -= 1
        return hops

    def ends(self, node: Node) -> tuple[GraphHop, GraphHop]:
        """The first and the last hop of the shortest path from a node that has one; nodes on the same paths share the search."""
        left = self.distance(node) or 0
        first = hop = self._next_hop(node, left)
        passed: list[tuple[Node, int]] = []
        while left > 1 and (node, left) not in self._last:
            passed.append((node, left))
            node, left = hop[2], left - 1
            hop = self._next_hop(node, left)
        last = self._last.get((node, left), hop)
        self._last.update(dict.fromkeys(passed, last))
        return first, last

    def _next_hop(self, node: Node, left: int) -> GraphHop:
        key = (node, left)
        if key not in self._next:
            target, edge = self._first_in_order(node, left) if self.open_hops.adjacency.in_order else self._first(node, left)
            self._next[key] = (node, edge, target)
        return self._next[key]

    def _first_in_order(self, node: Node, left: int) -> Neighbour:
        """The first hop that leads nearer. Most do not, so where a hop leads is checked before whether it is open."""
        open_hops, lengths, last = self.open_hops, self.lengths.get, left == 1
        graph, forward, targets = open_hops.adjacency.graph, open_hops.adjacency.forward, self.targets
        start = graph.first[node]
        for edge, target in enumerate(graph.ends[start : graph.first[node + 1]], start):
            nearer = target in targets if last else lengths(target) == left - 1
            if nearer and graph.edges[edge][1] in forward and open_hops.is_open(target, edge, last=last):
                return target, edge
        raise LookupError(node)  # pragma: no cover - callers know that there is one

    def _first(self, node: Node, left: int) -> Neighbour:
        """The first hop, by link name and reference, of those that lead nearer."""
        last, edges = left == 1, self.open_hops.adjacency.graph.edges
        nearer = (
            (target, edge)
            for target, edge in self.open_hops.adjacency.onward(node)
            if (target in self.targets if last else self.lengths.get(target) == left - 1)
            and self.open_hops.is_open(target, edge, last=last)
        )
        return min(nearer, key=lambda hop: (edges[hop[1]].link, *hop))

    def reached(self, starts: Iterable[Node]) -> list[Node]:
        """The targets to which an open path leads from some node in `starts`, ascending."""
        reached_targets: set[Node] = set()
        queue = list(starts)
        seen = set(queue)
        for node in queue:
            reached_targets.update(
                following for following, _ in self.open_hops.onward(node, last=True) if following in self.targets
            )
            onward = (following for following, _ in self.open_hops.onward(node, last=False) if following in self.lengths)
            fresh = [following for following in onward if following not in seen]
            seen.update(fresh)
            queue.extend(dict.fromkeys(fresh))
        return sorted(reached_targets)


def distances_to(
    targets: Iterable[Node], open_hops: OpenHops, within: int | None = None, inside: AbstractSet[Node] | None = None
) -> Distances:
    """Search breadth first, backwards from all targets at once, for every node with an open path of at least one hop to one.

    `within` is the greatest length of a path in hops, at least 1; None sets no limit. With `inside` only paths among these nodes
    count, but for their targets. Each node and hop is visited once.
    """
    ends = frozenset(targets)
    front = open_hops.before(ends, last=True)
    if inside is not None:
        front &= inside
    gate_starts = frozenset(front & open_hops.qualifying) if open_hops.last_only else frozenset()
    front -= gate_starts
    distance = 1
    lengths = dict.fromkeys(front, distance)
    while front and (within is None or distance < within):
        distance += 1
        reached = open_hops.before(front, last=False)
        front = reached.difference(lengths) if inside is None else (reached & inside).difference(lengths)
        lengths.update(dict.fromkeys(front, distance))
    return Distances(ends, open_hops, lengths, gate_starts)


def reached_from(starts: Iterable[Node], adjacency: Adjacency) -> set[Node]:
    """Every node to which a path of at least one hop leads from a node in `starts`, past any gates."""
    seen: set[Node] = set()
    front = set(starts)
    tables = adjacency.after
    while front:
        reached: set[Node] = set()
        for node in front:
            for table in tables:
                if node in table:
                    reached.update(table[node])
        front = reached - seen
        seen |= front
    return seen
