"""Cycles among some components, and few hops without which there are none."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.graph.adjacency import Adjacency, GraphHop
from shipcheck.graph.graph import Node
from shipcheck.graph.strongly_connected import strongly_connected

# The order takes quadratic time; beyond so many members only the witness is useful.
_MOST_ORDERED = 300


@dataclass(frozen=True, slots=True)
class Cycle:
    """A strongly connected set of members, ascending, with a shortest cycle through the first of them.

    `cut` are hops whose removal leaves no cycle among the members, few though not always the fewest; it is empty where the
    members are too many to compute it.
    """

    members: tuple[Node, ...]
    hops: tuple[GraphHop, ...]
    cut: tuple[GraphHop, ...]


def find_cycles(nodes: Iterable[Node], adjacency: Adjacency) -> list[Cycle]:
    """Every strongly connected set, among `nodes`, of two members or more, or of one with a hop to itself; by members."""
    among = frozenset(nodes)

    def onward(node: Node) -> list[Node]:
        return [target for target, _ in adjacency.onward(node) if target in among]

    sets = (
        members for members in strongly_connected(sorted(among), onward) if len(members) > 1 or members[0] in onward(members[0])
    )
    cycles = [_cycle(frozenset(members), adjacency) for members in sets]
    return sorted(cycles, key=lambda cycle: cycle.members)


def _cycle(members: frozenset[Node], adjacency: Adjacency) -> Cycle:
    first = min(members)
    came_from: dict[Node, GraphHop] = {}
    queue = deque([first])
    while first not in came_from:
        node = queue.popleft()
        for hop in _hops_to(members, node, adjacency):
            target = hop[2]
            if target not in came_from:
                came_from[target] = hop
                queue.append(target)
    hops = [came_from[first]]
    while hops[-1][0] != first:
        hops.append(came_from[hops[-1][0]])
    cut = _feedback_hops(members, adjacency) if len(members) <= _MOST_ORDERED else ()
    return Cycle(tuple(sorted(members)), tuple(reversed(hops)), cut)


def _hops_to(members: frozenset[Node], node: Node, adjacency: Adjacency) -> list[GraphHop]:
    """The hops from `node` to members, by link name and reference."""
    edges = adjacency.graph.edges
    hops = [(edges[edge].link, target, edge) for target, edge in adjacency.onward(node) if target in members]
    return [(node, edge, target) for _, target, edge in sorted(hops)]


def _feedback_hops(members: frozenset[Node], adjacency: Adjacency) -> tuple[GraphHop, ...]:
    """The hops that lead backwards in a good order of the members, which has few of them.

    (P. Eades, X. Lin, W. Smyth, A fast and effective heuristic for the feedback arc set problem, 1993.)
    """
    position = {node: place for place, node in enumerate(_order(members, adjacency))}
    return tuple(
        hop for node in sorted(members) for hop in _hops_to(members, node, adjacency) if position[hop[2]] <= position[node]
    )


def _order(members: frozenset[Node], adjacency: Adjacency) -> list[Node]:
    """The members so that few hops lead backwards: sinks last, sources first, else the one with most hops out less hops in."""
    out = {node: {hop[2] for hop in _hops_to(members, node, adjacency)} - {node} for node in sorted(members)}
    into: dict[Node, set[Node]] = {node: set() for node in out}
    for node, targets in out.items():
        for target in targets:
            into[target].add(node)
    first: list[Node] = []
    last: list[Node] = []
    while out:
        sinks = [node for node in out if not out[node]]
        node = sinks[0] if sinks else max(out, key=lambda node: (not into[node], len(out[node]) - len(into[node]), -node))
        (last if sinks else first).append(node)
        for target in out.pop(node):
            into[target].discard(node)
        for source in into.pop(node):
            out[source].discard(node)
    return first + last[::-1]
