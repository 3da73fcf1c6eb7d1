"""The open walks from one node to another: the hops that they are made of, and a shortest one for each way in."""

from collections.abc import Iterator

from shipcheck.graph.search import Field, Step, Ways, distances


class Between:
    """Every open walk from a start to an end, of at most `within` hops; none of them is ever listed by itself.

    A walk that comes back to its start says no more than the rest of it does; nor does one that goes on behind its end, but where
    only the last hop counts. `near` says how far each node is from the end.
    """

    def __init__(self, start: int, end: int, ways: Ways, within: int | None = None) -> None:
        self._start = start
        self._end = end
        self._ways = ways
        self._within = within
        self.near: Field = distances((end,), ways, within)
        self._depth: dict[int, int] = {start: 0}
        self._came_from: dict[int, Step] = {}
        if self.near.distance(start) is not None:
            self._search()

    def _search(self) -> None:
        """Find a shortest walk to each node that leads on to the end, the first by link name and reference from the start on."""
        queue = [self._start]
        for node in queue:
            for step in self._inner(node):
                if step[2] not in self._depth:
                    self._depth[step[2]] = self._depth[node] + 1
                    self._came_from[step[2]] = step
                    queue.append(step[2])

    def _inner(self, node: int) -> list[Step]:
        """The hops out of a node after which a walk goes on to the end, in a stable order."""
        if self._is_over(node):
            return []
        edges = self._ways.hops.graph.edges
        found = [
            (edges[edge].link, target, edge)
            for target, edge in self._ways.onward(node, last=False)
            if target != self._start
            and target in self.near.passing
            and self._is_short(self._depth[node] + 1 + self.near.passing[target])
        ]
        return [(node, edge, target) for _, target, edge in sorted(found)]

    def _last(self, node: int) -> list[Step]:
        """The hops out of a node with which a walk ends."""
        if self._is_over(node) or not self._is_short(self._depth[node] + 1):
            return []
        edges = self._ways.hops.graph.edges
        found = [(edges[edge].link, edge) for target, edge in self._ways.onward(node, last=True) if target == self._end]
        return [(node, edge, self._end) for _, edge in sorted(found)]

    def _is_over(self, node: int) -> bool:
        return node == self._end != self._start and not self._ways.last_only

    def _is_short(self, hops: int) -> bool:
        return self._within is None or hops <= self._within

    def steps(self) -> Iterator[Step]:
        """Every hop that lies on such a walk, nearest to the start first."""
        if self.near.distance(self._start) is None:
            return
        for node in self._depth:
            inner = self._inner(node)
            yield from inner
            yield from (step for step in self._last(node) if step not in inner)

    def last(self) -> list[Step]:
        """The hops that such walks end with, each once, in the order of their shortest walks."""
        if self.near.distance(self._start) is None:
            return []
        return [step for node in self._depth for step in self._last(node)]

    def walk(self, last: Step) -> tuple[Step, ...]:
        """A shortest walk that ends with this hop."""
        steps = [last]
        while steps[-1][0] != self._start:
            steps.append(self._came_from[steps[-1][0]])
        return tuple(reversed(steps))


def passing_walk(start: int, end: int, passed: Ways, within: int | None = None) -> tuple[Step, ...]:
    """A shortest walk that passes a match before it comes to the end; empty where there is none.

    `passed` holds the matches in the place of fit gates: a hop passes by naming a match or by ending at a component that one
    guards, and a node that is a match passes as an inner one.
    """
    first = (start, False)
    came_from: dict[tuple[int, bool], tuple[tuple[int, bool], int]] = {}
    depth = {first: 0}
    queue = [first]
    for state in queue:
        node, behind = state
        if within is not None and depth[state] >= within:
            continue
        for target, edge in sorted(passed.hops.onward(node)):
            through = behind or passed.is_shut(edge, target)
            if target == end and through:
                return (*_steps(came_from, state), (node, edge, target))
            following = (target, through or target in passed.fitting)
            if following not in depth:
                depth[following] = depth[state] + 1
                came_from[following] = (state, edge)
                queue.append(following)
    return ()


def _steps(came_from: dict[tuple[int, bool], tuple[tuple[int, bool], int]], state: tuple[int, bool]) -> tuple[Step, ...]:
    steps: list[Step] = []
    while state in came_from:
        before, edge = came_from[state]
        steps.append((before[0], edge, state[0]))
        state = before
    return tuple(reversed(steps))
