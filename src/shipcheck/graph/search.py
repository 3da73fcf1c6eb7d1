"""Walks past gates: reverse searches from many targets at once, and the one shortest walk that a finding shows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shipcheck.graph.adjacency import Adjacency

Step = tuple[int, int, int]  # from, edge, to


@dataclass(frozen=True, slots=True)
class Mask:
    """What a fit gate stops: the hops that name one, the hops into the components that one guards, and walks through one."""

    shut: frozenset[int] = frozenset()
    guarded: frozenset[int] = frozenset()
    gates: frozenset[int] = frozenset()


OPEN = Mask()


class Ways:
    """The hops that are open under one mask; with `last_only` a gate only counts right before a target or on it."""

    def __init__(self, hops: Adjacency, mask: Mask = OPEN, *, last_only: bool = False) -> None:
        self.hops = hops
        self.mask = mask
        self.last_only = last_only
        self._narrowed = _narrowed(hops, mask)
        self._tables = hops.before

    def before(self, nodes: Iterable[int], *, last: bool) -> set[int]:
        """Every node one open hop before any of these; `last` says that they are targets."""
        guarded = self.mask.guarded
        if last:
            return self._sources([node for node in nodes if node not in guarded], self._narrowed)
        if self.last_only:
            return self._sources(nodes, {})
        gates = self.mask.gates
        return self._sources([node for node in nodes if node not in guarded and node not in gates], self._narrowed)

    def _sources(self, nodes: Iterable[int], narrowed: dict[int, list[int]]) -> set[int]:
        reached: set[int] = set()
        add, tables = reached.update, self._tables
        for node in nodes:
            if node in narrowed:
                add(narrowed[node])
                continue
            for table in tables:
                if node in table:
                    add(table[node])
        return reached

    def onward(self, node: int, *, last: bool) -> Iterator[tuple[int, int]]:
        """The open hops out of a node as (node, edge); `last` says that they lead to a target."""
        for target, edge in self.hops.onward(node):
            if last:
                if edge not in self.mask.shut and target not in self.mask.guarded:
                    yield target, edge
            elif self.last_only or not (edge in self.mask.shut or target in self.mask.guarded or target in self.mask.gates):
                yield target, edge


def _narrowed(hops: Adjacency, mask: Mask) -> dict[int, list[int]]:
    """For the ends of shut hops: the nodes from which another hop, that is not shut, leads there."""
    gone: dict[int, list[int]] = {}
    for number in mask.shut:
        source, link, target, _, _ = hops.graph.edges[number]
        if link in hops.forward:
            gone.setdefault(target, []).append(source)
        if link in hops.backward:
            gone.setdefault(source, []).append(target)
    narrowed = {}
    for end, sources in gone.items():
        left = Counter(source for table in hops.before for source in table.get(end, ()))
        left.subtract(sources)
        narrowed[end] = [source for source, count in left.items() if count > 0]
    return narrowed


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
            edges = self.ways.hops.graph.edges
            found = self.ways.onward(node, last=left == 1)
            near = self.targets if left == 1 else ()
            fitting = (
                (edges[edge].link, following, edge)
                for following, edge in found
                if (following in near if left == 1 else self._leads_on(following, left - 1))
            )
            _, following, edge = min(fitting)
            self._next[key] = (node, edge, following)
        return self._next[key]

    def _leads_on(self, node: int, left: int) -> bool:
        """Whether a walk that comes to the node can go on to a target in so many hops."""
        return self.passing.get(node) == left


def distances(targets: Iterable[int], ways: Ways, within: int | None = None) -> Field:
    """Search backwards from all targets at once for every node from which an open walk of at least one hop leads to one."""
    ends = frozenset(targets)
    front = ways.before(ends, last=True)
    starts = frozenset(front & ways.mask.gates) if ways.last_only else frozenset()
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
