"""Circles among some components, and few links without which there are none."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.groups import groups
from shipcheck.graph.search import Step

# Beyond so many members only the witness is worth looking at.
_MOST_ORDERED = 300


@dataclass(frozen=True, slots=True)
class Circle:
    """Members that walks lead around in: a shortest circle from the smallest one, and hops whose removal leaves none.

    `cut` is empty where the members are too many to look for such hops.
    """

    members: tuple[int, ...]
    steps: tuple[Step, ...]
    cut: tuple[Step, ...]


def circles(nodes: Iterable[int], hops: Adjacency) -> list[Circle]:
    """Every strongly connected set of two members or more, or of one with a hop to itself, among these nodes."""
    members = frozenset(nodes)

    def onward(node: int) -> list[int]:
        return [target for target, _ in hops.onward(node) if target in members]

    rings = (group for group in groups(sorted(members), onward) if len(group) > 1 or group[0] in onward(group[0]))
    found = [_circle(frozenset(ring), hops) for ring in rings]
    return sorted(found, key=lambda circle: circle.members)


def _circle(group: frozenset[int], hops: Adjacency) -> Circle:
    first = min(group)
    came_from: dict[int, Step] = {}
    queue = deque([first])
    while first not in came_from:
        node = queue.popleft()
        for step in _steps(node, group, hops):
            if step[2] not in came_from:
                came_from[step[2]] = step
                queue.append(step[2])
    steps = [came_from[first]]
    while steps[-1][0] != first:
        steps.append(came_from[steps[-1][0]])
    cut = _cut(group, hops) if len(group) <= _MOST_ORDERED else ()
    return Circle(tuple(sorted(group)), tuple(reversed(steps)), cut)


def _steps(node: int, group: frozenset[int], hops: Adjacency) -> list[Step]:
    """The hops from a node to members of its group, by link name and reference."""
    edges = hops.graph.edges
    found = [(edges[edge].link, target, edge) for target, edge in hops.onward(node) if target in group]
    return [(node, edge, target) for _, target, edge in sorted(found)]


def _cut(group: frozenset[int], hops: Adjacency) -> tuple[Step, ...]:
    """The hops that lead back in a good order of the members (the greedy order of Eades, Lin and Smyth 1993)."""
    place = {node: position for position, node in enumerate(_order(group, hops))}
    return tuple(step for node in sorted(group) for step in _steps(node, group, hops) if place[step[2]] <= place[node])


def _order(group: frozenset[int], hops: Adjacency) -> list[int]:
    """Members in an order in which few hops lead back: sinks last, sources first, else the one with most hops out over in."""
    out = {node: {step[2] for step in _steps(node, group, hops)} - {node} for node in sorted(group)}
    into: dict[int, set[int]] = {node: set() for node in out}
    for node, targets in out.items():
        for target in targets:
            into[target].add(node)
    first: list[int] = []
    last: list[int] = []
    while out:
        sinks = [node for node in out if not out[node]]
        node = sinks[0] if sinks else max(out, key=lambda node: (not into[node], len(out[node]) - len(into[node]), -node))
        (last if sinks else first).append(node)
        for target in out.pop(node):
            into[target].discard(node)
        for source in into.pop(node):
            out[source].discard(node)
    return first + last[::-1]
