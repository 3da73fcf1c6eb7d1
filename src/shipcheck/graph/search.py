"""Walks past gates: reverse searches from many targets at once, and the one shortest walk that a finding shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shipcheck.graph.adjacency import Adjacency, Hop

Step = tuple[int, int, int]  # from, edge, to


class Ways:
    """The hops that are open where these gates fit; with `last_only` a gate only counts right before a target or on it.

    A hop is shut where it names a fit gate, or ends at a component that one guards; a walk does not lead on through a node that
    is a fit gate itself.
    """

    def __init__(self, hops: Adjacency, fitting: frozenset[int] = frozenset(), *, last_only: bool = False) -> None:
        self.hops = hops
        self.fitting = fitting
        self.last_only = last_only
        self._tables = [(split.free, split.gated, split.narrowed(fitting)) for split in hops.before]
        self._guards = hops.guards if fitting else {}
        self._edges = hops.graph.edges

    def is_shut(self, edge: int, end: int) -> bool:
        """Whether a hop passes a fit gate."""
        gates = self._edges[edge][3]
        return (gates != () and not self.fitting.isdisjoint(gates)) or (end in self._guards and self._is_guarded(end))

    def _is_guarded(self, node: int) -> bool:
        return not self.fitting.isdisjoint(self._guards.get(node, ()))

    def before(self, nodes: Iterable[int], *, last: bool) -> set[int]:
        """Every node one open hop before any of these; `last` says that they are targets."""
        if self.last_only and not last:
            return self._all_sources(nodes)
        if self.fitting and not last:
            nodes = [node for node in nodes if node not in self.fitting]
        if self._guards:
            nodes = [node for node in nodes if not self._is_guarded(node)]
        return self._open_sources(nodes)

    def _open_sources(self, nodes: Iterable[int]) -> set[int]:
        reached: set[int] = set()
        add, tables, fitting = reached.update, self._tables, self.fitting
        for node in nodes:
            for free, gated, narrowed in tables:
                if node in free:
                    add(free[node])
                if node in gated:
                    if node not in narrowed:
                        narrowed[node] = [source for source, gates in gated[node] if fitting.isdisjoint(gates)]
                    add(narrowed[node])
        return reached

    def _all_sources(self, nodes: Iterable[int]) -> set[int]:
        reached: set[int] = set()
        for node in nodes:
            for free, gated, _ in self._tables:
                reached.update(free.get(node, ()))
                reached.update([source for source, _ in gated.get(node, ())])
        return reached

    def onward(self, node: int, *, last: bool) -> Iterator[tuple[int, int]]:
        """The open hops out of a node as (node, edge); `last` says that they lead to a target."""
        return ((target, edge) for target, edge in self.hops.onward(node) if self.is_open(target, edge, last=last))

    def is_open(self, target: int, edge: int, *, last: bool) -> bool:
        """Whether a walk can take a hop; `last` says that it leads to a target."""
        if not self.fitting or (self.last_only and not last):
            return True
        return not (self.is_shut(edge, target) or (not last and target in self.fitting))


@dataclass(frozen=True, slots=True)
class Field:
    """How far each node is from some targets over open hops.

    `passing` gives the fewest hops of a walk from or through a node. A node in `starts` is a fit gate right before a target where
    only that place counts: a walk may start there, and is one hop long, but not lead through it to that target.
    """

    targets: frozenset[int]
    ways: Ways
    passing: dict[int, int]
    starts: frozenset[int]
    _next: dict[tuple[int, int], Step] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        """How many hops the search has looked at, about."""
        return len(self.passing) * self.ways.hops.width

    def distance(self, node: int) -> int | None:
        """The fewest hops from a node to a target; None where no open walk leads to one."""
        return 1 if node in self.starts else self.passing.get(node)

    def walk(self, node: int) -> list[Step]:
        """The shortest open walk from a node; of several, the first by link name and reference from the start on."""
        steps: list[Step] = []
        left = self.distance(node) or 0
        while left:
            step = self._step(node, left)
            steps.append(step)
            node = step[2]
            left -= 1
        return steps

    def _step(self, node: int, left: int) -> Step:
        key = (node, left)
        if key not in self._next:
            target, edge = self._first_in_order(node, left) if self.ways.hops.in_order else self._first(node, left)
            self._next[key] = (node, edge, target)
        return self._next[key]

    def _first_in_order(self, node: int, left: int) -> Hop:
        """The first hop that leads nearer. Most do not, so what each leads to is asked before what it is."""
        hops, near, last = self.ways.hops, self.passing.get, left == 1
        graph, forward, targets, is_open = hops.graph, hops.forward, self.targets, self.ways.is_open
        start = graph.first[node]
        for edge, target in enumerate(graph.ends[start : graph.first[node + 1]], start):
            ahead = target in targets if last else near(target) == left - 1
            if ahead and graph.edges[edge][1] in forward and is_open(target, edge, last=last):
                return target, edge
        raise LookupError(node)  # pragma: no cover - whoever asks knows that there is one

    def _first(self, node: int, left: int) -> Hop:
        """The first hop, by link name and reference, of those that lead nearer."""
        last, edges = left == 1, self.ways.hops.graph.edges
        fitting = (
            (target, edge)
            for target, edge in self.ways.hops.onward(node)
            if (target in self.targets if last else self.passing.get(target) == left - 1)
            and self.ways.is_open(target, edge, last=last)
        )
        return min(fitting, key=lambda hop: (edges[hop[1]].link, *hop))

    def reached(self, starts: Iterable[int]) -> list[int]:
        """The targets to which an open walk leads from some of these nodes, in order."""
        found: set[int] = set()
        queue = list(starts)
        seen = set(queue)
        for node in queue:
            found.update(following for following, _ in self.ways.onward(node, last=True) if following in self.targets)
            onward = (following for following, _ in self.ways.onward(node, last=False) if following in self.passing)
            fresh = [following for following in onward if following not in seen]
            seen.update(fresh)
            queue.extend(dict.fromkeys(fresh))
        return sorted(found)


def distances(targets: Iterable[int], ways: Ways, within: int | None = None) -> Field:
    """Search backwards from all targets at once for every node from which an open walk of at least one hop leads to one."""
    ends = frozenset(targets)
    front = ways.before(ends, last=True)
    starts = frozenset(front & ways.fitting) if ways.last_only else frozenset()
    front -= starts
    distance = 1
    found = dict.fromkeys(front, distance)
    while front and (within is None or distance < within):
        distance += 1
        front = {node for node in ways.before(front, last=False) if node not in found}
        found.update(dict.fromkeys(front, distance))
    return Field(ends, ways, found, starts)


def reached_from(starts: Iterable[int], hops: Adjacency) -> set[int]:
    """Every node that some walk of at least one hop from a start comes to."""
    seen: set[int] = set()
    front = set(starts)
    tables = hops.after
    while front:
        reached: set[int] = set()
        for node in front:
            for table in tables:
                if node in table:
                    reached.update(table[node])
        front = reached - seen
        seen |= front
    return seen
