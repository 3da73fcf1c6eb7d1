"""The open paths from one node to another: the hops on them, and a shortest path for each last hop."""

from collections.abc import Iterator

from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import Node
from shipcheck.graph.search import Distances, OpenHops, distances_to


class PathsBetween:
    """Every open path from `start` to `end`, of at most `within` hops, without listing them: there may be exponentially many.

    Paths that return to the start are left out, since what follows is a path as well; so are those that go on past the end,
    except where only the last hop counts. `distances` says how far each node is from the end.
    """

    def __init__(self, start: Node, end: Node, open_hops: OpenHops, within: int | None = None) -> None:
        self._start = start
        self._end = end
        self._open_hops = open_hops
        self._within = within
        self.distances: Distances = distances_to((end,), open_hops, within)
        self._depth: dict[Node, int] = {start: 0}
        self._came_from: dict[Node, GraphHop] = {}
        if self.distances.distance(start) is not None:
            self._search()

    def _search(self) -> None:
        """Find a shortest path to each node that leads on to the end, the first by link name and reference, hop by hop."""
        queue = [self._start]
        for node in queue:
            for hop in self._inner_hops(node):
                target = hop[2]
                if target not in self._depth:
                    self._depth[target] = self._depth[node] + 1
                    self._came_from[target] = hop
                    queue.append(target)

    def _inner_hops(self, node: Node) -> list[GraphHop]:
        """The hops out of `node` after which a path goes on to the end, by link name and reference."""
        if self._is_over(node):
            return []
        edges = self._open_hops.adjacency.graph.edges
        lengths = self.distances.lengths
        hops = [
            (edges[edge].link, target, edge)
            for target, edge in self._open_hops.onward(node, last=False)
            if target != self._start and target in lengths and self._is_short(self._depth[node] + 1 + lengths[target])
        ]
        return [(node, edge, target) for _, target, edge in sorted(hops)]

    def _last_hops(self, node: Node) -> list[GraphHop]:
        """The hops out of `node` that end a path, by link name."""
        if self._is_over(node) or not self._is_short(self._depth[node] + 1):
            return []
        edges = self._open_hops.adjacency.graph.edges
        onward = self._open_hops.onward(node, last=True)
        hops = [(edges[edge].link, edge) for target, edge in onward if target == self._end]
        return [(node, edge, self._end) for _, edge in sorted(hops)]

    def _is_over(self, node: Node) -> bool:
        return node == self._end != self._start and not self._open_hops.last_only

    def _is_short(self, hops: int) -> bool:
        return self._within is None or hops <= self._within

    def hops(self) -> Iterator[GraphHop]:
        """Every hop on such a path, nearest to the start first."""
        if self.distances.distance(self._start) is None:
            return
        for node in self._depth:
            inner = self._inner_hops(node)
            yield from inner
            yield from (hop for hop in self._last_hops(node) if hop not in inner)

    def last_hops(self) -> list[GraphHop]:
        """The hops that end such a path, each once, ordered by the length of the shortest path that it ends."""
        if self.distances.distance(self._start) is None:
            return []
        return [hop for node in self._depth for hop in self._last_hops(node)]

    def path_ending_with(self, last: GraphHop) -> tuple[GraphHop, ...]:
        """A shortest path whose last hop is `last`, one of `last_hops`."""
        hops = [last]
        while hops[-1][0] != self._start:
            hops.append(self._came_from[hops[-1][0]])
        return tuple(reversed(hops))
