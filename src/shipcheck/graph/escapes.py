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
    once for all that ask.
    """

    def __init__(self, targets: Iterable[Node], adjacency: Adjacency) -> None:
        self._targets = frozenset(targets)
        self._adjacency = adjacency
        self._group: dict[Node, frozenset[Node]] = {}
        self._known: set[Node] = set()
        self._escaping: set[Node] = set()

    def _learn(self, start: Node) -> None:
        """Find out, for every node in reach of `start`, whether it has an escape."""
        starts = [node for node in (start, *self._onward(start)) if node not in self._targets and node not in self._known]
        for members in strongly_connected(starts, self._unknown):
            group = frozenset(members)
            self._known |= group
            self._group.update(dict.fromkeys(members, group))
            if self._is_final(group) or any(target in self._escaping for node in members for target in self._onward(node)):
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
        """A shortest escape of a node for which `has_escape` was true.

        Raises:
            LookupError: it has none.
        """
        came_from: dict[Node, GraphHop] = {}
        queue = deque([node])
        while queue:
            current = queue.popleft()
            if self._stays(current, node):
                return Escape(_path(came_from, node, current), self._loop(current))
            for target, edge in sorted(self._adjacency.onward(current)):
                if target not in came_from and target != node and target in self._escaping:
                    came_from[target] = (current, edge, target)
                    queue.append(target)
        raise LookupError(f"node {node} has no escape")  # pragma: no cover - callers have asked `has_escape`

    def _stays(self, node: Node, start: Node) -> bool:
        if node == start and node in self._targets:
            return not any(True for _ in self._adjacency.onward(node))
        return self._is_final(self._group[node])

    def _loop(self, node: Node) -> tuple[GraphHop, ...]:
        """A shortest path from a node of a final set back to itself; empty where it has no hop."""
        group = self._group.get(node, frozenset())
        came_from: dict[Node, GraphHop] = {}
        queue = deque([node])
        while queue:
            current = queue.popleft()
            for target, edge in sorted(self._adjacency.onward(current)):
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
