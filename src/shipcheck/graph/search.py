"""Walks past gates: reverse searches, and the one shortest walk that a finding shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph

IsOpen = Callable[[int, int], bool]
IsGate = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Rules:
    """What stops a walk.

    `is_open(node, edge)` says whether the hop into `node` over `edge` passes no fit gate; with `last_only` only the hop into the
    target is asked. A walk does not go on through a node that `is_gate` says is a fit gate itself; with `last_only` only the one
    right before the target is asked.
    """

    is_open: IsOpen
    is_gate: IsGate
    last_only: bool = False


def distances(targets: Iterable[int], hops: Adjacency, rules: Rules) -> dict[int, int]:
    """For each node from which an open walk of at least one hop leads to a target: the fewest hops."""
    is_open, is_gate, last_only = rules.is_open, rules.is_gate, rules.last_only
    found, starts_only = _last_hops(targets, hops, rules)
    front = list(found)
    distance = 1
    while front:
        distance += 1
        reached: list[int] = []
        for node in front:
            if not last_only and is_gate(node):
                continue
            for source, edge in hops.into.get(node, ()):
                if source not in found and (last_only or is_open(node, edge)):
                    found[source] = distance
                    reached.append(source)
        front = reached
    for node in starts_only:
        found.setdefault(node, 1)
    return found


def _last_hops(targets: Iterable[int], hops: Adjacency, rules: Rules) -> tuple[dict[int, int], list[int]]:
    """The nodes one open hop before a target, and those of them that count right before it, where a walk may only start."""
    found: dict[int, int] = {}
    starts_only: list[int] = []
    for target in targets:
        for source, edge in hops.into.get(target, ()):
            if source not in found and rules.is_open(target, edge):
                if rules.last_only and rules.is_gate(source):
                    starts_only.append(source)
                else:
                    found[source] = 1
    return found, starts_only


def reached_from(starts: Iterable[int], hops: Adjacency) -> set[int]:
    """Every node that some walk of at least one hop from a start comes to."""
    seen: set[int] = set()
    queue = list(starts)
    for node in queue:
        for target, _ in hops.out.get(node, ()):
            if target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def walk(graph: Graph, ends: tuple[int, int], hops: Adjacency, found: dict[int, int], rules: Rules) -> list[tuple[int, int, int]]:
    """The shortest open walk between two ends as (from, edge, to), given the distances to its target.

    Of several, the first by link name and reference from the start on.
    """
    steps: list[tuple[int, int, int]] = []
    node, target = ends
    distance = found[node]
    while distance:
        distance -= 1
        candidates = [
            (graph.edges[edge].link, following, edge)
            for following, edge in hops.out.get(node, ())
            if (found.get(following) == distance if distance else following == target)
            and ((rules.last_only and distance > 1) or not (distance and rules.is_gate(following)))
            and ((rules.last_only and distance) or rules.is_open(following, edge))
        ]
        _, following, edge = min(candidates)
        steps.append((node, edge, following))
        node = following
    return steps
