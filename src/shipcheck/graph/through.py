"""Paths that pass something before they reach a target.

The matches of what is to be passed take the place of qualifying gates in `OpenHops`: a hop passes by naming a match or by
ending at a component that one guards, and a node that is a match passes where a path leads on through it. The start and the
target themselves do not.
"""

from collections.abc import Iterable
from typing import TypeAlias

from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.graph.search import OpenHops

_State: TypeAlias = tuple[Node, bool]
"""A node, and whether a match was passed on the way to it."""


def reaching_through(targets: Iterable[Node], passed: OpenHops, within: int | None = None) -> set[Node]:
    """The nodes from which a path of one to `within` hops passes a match and then reaches a target.

    A breadth-first search backwards over states; each is visited once.
    """
    ends = frozenset(targets)
    front = _last_hops(ends, passed)
    states = set(front)
    distance = 1
    while front and (within is None or distance < within):
        distance += 1
        front = {state for state in _before(front, passed) if state not in states}
        states |= front
    return {node for node, has_passed in states if not has_passed}


def _last_hops(ends: Iterable[Node], passed: OpenHops) -> set[_State]:
    """The states right before a target: from one that has passed a match any hop leads there, else only a hop that passes one."""
    states: set[_State] = set()
    for end in ends:
        for source, edge in passed.adjacency.into.get(end, ()):
            states.add((source, True))
            if passed.is_gated(edge, end):
                states.add((source, False))
    return states


def _before(front: Iterable[_State], passed: OpenHops) -> set[_State]:
    """The states one hop before any of these."""
    states: set[_State] = set()
    for node, has_passed in front:
        for source, edge in passed.adjacency.into.get(node, ()):
            if has_passed:
                states.add((source, True))
            if not has_passed or node in passed.qualifying or passed.is_gated(edge, node):
                states.add((source, False))
    return states


def path_through(start: Node, end: Node, passed: OpenHops, within: int | None = None) -> tuple[GraphHop, ...]:
    """A shortest path of at most `within` hops from `start` that passes a match and then reaches `end`; empty where none does."""
    first = (start, False)
    came_from: dict[_State, tuple[_State, EdgeNumber]] = {}
    depth = {first: 0}
    queue = [first]
    for state in queue:
        node, has_passed = state
        if within is not None and depth[state] >= within:
            continue
        for target, edge in sorted(passed.adjacency.onward(node)):
            passes = has_passed or passed.is_gated(edge, target)
            if target == end and passes:
                return (*_hops_to(state, came_from), (node, edge, target))
            following = (target, passes or target in passed.qualifying)
            if following not in depth:
                depth[following] = depth[state] + 1
                came_from[following] = (state, edge)
                queue.append(following)
    return ()


def _hops_to(state: _State, came_from: dict[_State, tuple[_State, EdgeNumber]]) -> tuple[GraphHop, ...]:
    hops: list[GraphHop] = []
    while state in came_from:
        before, edge = came_from[state]
        hops.append((before[0], edge, state[0]))
        state = before
    return tuple(reversed(hops))
