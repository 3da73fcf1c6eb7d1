"""Whether every way out of a component comes to a target: the ends and loops that a walk may stay in without one."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.groups import groups
from shipcheck.graph.search import Step


@dataclass(frozen=True, slots=True)
class Lost:
    """A walk that never meets a target: its steps, and of those the ones that go round for ever; none where it just ends."""

    steps: tuple[Step, ...]
    loop: tuple[Step, ...]


class Ends:
    """The final components of the graph without its targets.

    Final is a node without a hop, or a strongly connected set that no hop leaves: a loop that can be left is taken to be left.
    """

    def __init__(self, targets: Iterable[int], hops: Adjacency) -> None:
        self._targets = frozenset(targets)
        self._hops = hops
        self._group: dict[int, frozenset[int]] = {}
        self._known: set[int] = set()
        self._lost: set[int] = set()

    def _learn(self, start: int) -> None:
        """Find out for everything in reach of a node whether it can come to a final component."""
        starts = [node for node in (start, *self._onward(start)) if node not in self._targets and node not in self._known]
        for members in groups(starts, self._unknown):
            group = frozenset(members)
            self._known |= group
            self._group.update(dict.fromkeys(members, group))
            if self._is_final(group) or any(target in self._lost for node in members for target in self._onward(node)):
                self._lost |= group

    def _onward(self, node: int) -> list[int]:
        """The nodes one hop behind a node that are no targets."""
        return [target for target, _ in self._hops.onward(node) if target not in self._targets]

    def _unknown(self, node: int) -> list[int]:
        """Those of them that nothing is known of yet."""
        return [target for target in self._onward(node) if target not in self._known]

    def _is_final(self, group: frozenset[int]) -> bool:
        return all(target in group for node in group for target, _ in self._hops.onward(node))

    def is_lost(self, node: int) -> bool:
        """Whether some way out of a node never meets a target."""
        self._learn(node)
        if not any(True for _ in self._hops.onward(node)):
            return True
        if node in self._targets:
            return any(target in self._lost for target in self._onward(node))
        return node in self._lost

    def way(self, node: int) -> Lost:
        """A shortest walk from a lost node to where it stays, with the loop it stays in where that is not just an end."""
        came_from: dict[int, Step] = {}
        queue = deque([node])
        while queue:
            current = queue.popleft()
            if self._stays(current, node):
                return Lost(_steps(came_from, node, current), self._loop(current))
            for target, edge in sorted(self._hops.onward(current)):
                if target not in came_from and target != node and target in self._lost:
                    came_from[target] = (current, edge, target)
                    queue.append(target)
        raise LookupError(f"node {node} is not lost")  # pragma: no cover - asked of lost nodes only

    def _stays(self, node: int, start: int) -> bool:
        if node == start and node in self._targets:
            return not any(True for _ in self._hops.onward(node))
        return self._is_final(self._group[node])

    def _loop(self, node: int) -> tuple[Step, ...]:
        """A shortest way from a node of a final component back to itself; none where it has no hop."""
        group = self._group.get(node, frozenset())
        came_from: dict[int, Step] = {}
        queue = deque([node])
        while queue:
            current = queue.popleft()
            for target, edge in sorted(self._hops.onward(current)):
                if target == node:
                    return (*_steps(came_from, node, current), (current, edge, target))
                if target in group and target not in came_from:
                    came_from[target] = (current, edge, target)
                    queue.append(target)
        return ()


def _steps(came_from: dict[int, Step], start: int, end: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    node = end
    while node != start:
        steps.append(came_from[node])
        node = came_from[node][0]
    return tuple(reversed(steps))
