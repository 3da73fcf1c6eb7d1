"""The shortest open paths from one node to many targets, found by one search."""

from collections.abc import Iterator

from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import Node
from shipcheck.graph.search import Distances


class PathsFrom:
    """A shortest open path from `start` to each target of `distances` that one reaches in at most `within` hops.

    Of several, it is the first by link name and reference, hop by hop: the one that a search from the target alone finds. The
    time is linear in the hops out of the nodes that lead on to targets; `cost` counts them.
    """

    def __init__(self, start: Node, distances: Distances, within: int | None = None) -> None:
        self._start = start
        self._distances = distances
        self._depth: dict[Node, int] = {start: 0}
        self._came_from: dict[Node, GraphHop] = {}
        self._last: dict[Node, GraphHop] = {}
        self.cost = 0
        self._search(within)

    @property
    def targets(self) -> list[Node]:
        """The targets that a path reaches, ascending."""
        return sorted(self._last)

    def length(self, target: Node) -> int:
        """The number of hops of the path to a target."""
        return self._depth[self._last[target][0]] + 1

    def path(self, target: Node) -> list[GraphHop]:
        """The path to a target."""
        hops = [self._last[target]]
        while hops[-1][0] != self._start:
            hops.append(self._came_from[hops[-1][0]])
        return hops[::-1]

    def ends(self, target: Node) -> tuple[GraphHop, GraphHop]:
        """The first and the last hop of the path to a target."""
        last = self._last[target]
        return self._first[last[0]] if last[0] != self._start else last, last

    def _search(self, within: int | None) -> None:
        lengths, open_hops = self._distances.lengths, self._distances.open_hops
        self._first: dict[Node, GraphHop] = {}
        queue = [self._start]
        for node in queue:
            if within is not None and self._depth[node] >= within:
                break
            for hop in self._hops(node):
                self.cost += 1
                _, edge, target = hop
                if target not in self._depth and target in lengths and open_hops.is_open(target, edge, last=False):
                    self._depth[target] = self._depth[node] + 1
                    self._came_from[target] = hop
                    self._first[target] = self._first.get(node, hop)
                    queue.append(target)
            for hop in self._last_hops(node):
                self._last.setdefault(hop[2], hop)

    def _hops(self, node: Node) -> Iterator[GraphHop]:
        """The hops out of a node, by link name and reference."""
        adjacency = self._distances.open_hops.adjacency
        onward = adjacency.onward(node)
        if not adjacency.in_order:
            edges = adjacency.graph.edges
            onward = sorted(onward, key=lambda hop: (edges[hop[1]].link, *hop))
        return ((node, edge, target) for target, edge in onward)

    def _last_hops(self, node: Node) -> Iterator[GraphHop]:
        """The hops out of a node that can end a path: none where it is a gate that counts on the hop after it."""
        open_hops, targets = self._distances.open_hops, self._distances.targets
        if open_hops.last_only and node in open_hops.qualifying and node != self._start:
            return
        for hop in self._hops(node):
            if hop[2] in targets and open_hops.is_open(hop[2], hop[1], last=True):
                yield hop
