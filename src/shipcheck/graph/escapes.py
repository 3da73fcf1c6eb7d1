"""Whether every path from a component reaches a target: the exits and loops in which a path can stay without reaching one.

The check is that of `AF target` in the temporal logic CTL, but for fairness: a loop that can be left is taken to be left.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.graph.adjacency import Adjacency, GraphHop
from shipcheck.graph.graph import Node
from shipcheck.graph.strongly_connected import strongly_connected


@dataclass(frozen=True, slots=True)
class Escape:
    """A path that never reaches a target: `hops` lead to where it stays, `loop` is what it repeats there for ever.

    `loop` is empty where the path ends, `hops` where it stays at its start.
    """

    hops: tuple[GraphHop, ...]
    loop: tuple[GraphHop, ...]


class EscapeSearch:
    """Finds escapes from `targets` over one adjacency.

    Without its targets, the graph has final sets: a node without a hop, or a strongly connected set that no hop leaves. A node
    has an escape where a path avoids the targets and reaches a final set. What is learned is kept, so that each node is searched
    once for all that ask. `cost` counts the hops that `shortest` has visited.
    """

    def __init__(self, targets: Iterable[Node], adjacency: Adjacency) -> None:
        self._targets = frozenset(targets)
        self._adjacency = adjacency
        self._group: dict[Node, frozenset[Node]] = {}
        self._known: set[Node] = set()
        self._escaping: set[Node] = set()
        self._final: set[Node] = set()
        self._distances: dict[Node, int] | None = None
        self._loops: dict[Node, tuple[GraphHop, ...]] = {}
        self.cost = 0

    def _learn(self, start: Node) -> None:
        """Find out, for every node in reach of `start`, whether it has an escape."""
        starts = [node for node in (start, *self._onward(start)) if node not in self._targets and node not in self._known]
        for members in strongly_connected(starts, self._unknown):
            group = frozenset(members)
            self._known |= group
            self._distances = None
            self._group.update(dict.fromkeys(members, group))
            if self._is_final(group):
                self._final |= group
                self._escaping |= group
            elif any(target in self._escaping for node in members for target in self._onward(node)):
                self._escaping |= group

    def _onward(self, node: Node) -> list[Node]:
        """The nodes one hop after `node` that are not targets."""
        return [target for target, _ in self._adjacency.onward(node) if target not in self._targets]

    def _unknown(self, node: Node) -> list[Node]:
        """Those of them about which nothing is known yet."""
        return [target for target in self._onward(node) if target not in self._known]

    def _is_final(self, group: frozenset[Node]) -> bool:
        return all(target in group for node in group for target, _ in self._adjacency.onward(node))

    def has_escape(self, node: Node) -> bool:
        """Whether some path from `node`, of at least one hop if it has any, never reaches a target."""
        self._learn(node)
        if not any(True for _ in self._adjacency.onward(node)):
            return True
        if node in self._targets:
            return any(target in self._escaping for target in self._onward(node))
        return node in self._escaping

    def shortest(self, node: Node) -> Escape:
        """A shortest escape of a node for which `has_escape` was true: the first by the nodes that it leads to, hop by hop.

        Raises:
            LookupError: it has none.
        """
        hops: list[GraphHop] = []
        current, left = node, self.length(node)
        while left:
            left -= 1
            current, edge = self._nearer(current, left)
            hops.append((hops[-1][2] if hops else node, edge, current))
        self.cost += len(hops)
        if current not in self._loops:
            self._loops[current] = self._loop(current)
        return Escape(tuple(hops), self._loops[current])

    def length(self, node: Node) -> int:
        """How many hops such a node is away from where a shortest escape stays.

        Raises:
            LookupError: it has no escape.
        """
        if self._stays(node):
            return 0
        distances = self._all_distances()
        near = [distances[target] for target in self._onward(node) if target in distances]
        if not near:  # pragma: no cover - callers have asked `has_escape`
            raise LookupError(f"node {node} has no escape")
        return 1 + min(near)

    def _nearer(self, node: Node, left: int) -> tuple[Node, int]:
        """The first hop to a node that is `left` hops away from where an escape stays."""
        distances = self._all_distances()
        onward = self._adjacency.onward(node)
        return min((target, edge) for target, edge in onward if target not in self._targets and distances.get(target) == left)

    def _all_distances(self) -> dict[Node, int]:
        """How far each node is from where an escape stays, by one search backwards from all of these."""
        if self._distances is None:
            self._distances = dict.fromkeys(self._final, 0)
            queue = sorted(self._final)
            for node in queue:
                for source, _ in self._adjacency.into.get(node, ()):
                    if source in self._escaping and source not in self._distances:
                        self._distances[source] = self._distances[node] + 1
                        queue.append(source)
        return self._distances

    def _stays(self, start: Node) -> bool:
        """Whether an escape from a node ends where it starts."""
        if start in self._targets:
            return not any(True for _ in self._adjacency.onward(start))
        return start in self._final

    def _loop(self, node: Node) -> tuple[GraphHop, ...]:
        """A shortest path from a node of a final set back to itself; empty where it has no hop."""
        group = self._group.get(node, frozenset())
        came_from: dict[Node, GraphHop] = {}
        queue = deque([node])
        while queue:
            current = queue.popleft()
            for target, edge in sorted(self._adjacency.onward(current)):
                self.cost += 1
                if target == node:
                    return (*_path(came_from, node, current), (current, edge, target))
                if target in group and target not in came_from:
                    came_from[target] = (current, edge, target)
                    queue.append(target)
        return ()


def _path(came_from: dict[Node, GraphHop], start: Node, end: Node) -> tuple[GraphHop, ...]:
    hops: list[GraphHop] = []
    node = end
    while node != start:
        hops.append(came_from[node])
        node = came_from[node][0]
    return tuple(reversed(hops))
