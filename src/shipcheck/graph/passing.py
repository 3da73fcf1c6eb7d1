"""Walks that pass something before they come to a target."""

from collections.abc import Iterable

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.search import Mask

_State = tuple[int, bool]  # a node, and whether what is to be passed lies behind


def reaching_through(targets: Iterable[int], hops: Adjacency, passed: Mask, within: int | None = None) -> set[int]:
    """The nodes from which a walk of at least one hop, and at most `within`, comes to a target after passing a match.

    A hop passes by naming a match or by ending at a component that a match guards; a node that is a match passes as an inner one.
    """
    ends = frozenset(targets)
    front: set[_State] = _last_hops(ends, hops, passed)
    found = set(front)
    distance = 1
    while front and (within is None or distance < within):
        distance += 1
        front = {state for state in _before(front, hops, passed) if state not in found}
        found |= front
    return {node for node, behind in found if not behind}


def _last_hops(ends: Iterable[int], hops: Adjacency, passed: Mask) -> set[_State]:
    """The states right before a target: a hop that passes may be taken before anything was passed, any hop after."""
    states: set[_State] = set()
    for end in ends:
        for source, edge in hops.into.get(end, ()):
            states.add((source, True))
            if edge in passed.shut or end in passed.guarded:
                states.add((source, False))
    return states


def _before(front: Iterable[_State], hops: Adjacency, passed: Mask) -> set[_State]:
    """The states one hop before any of these."""
    states: set[_State] = set()
    for node, behind in front:
        for source, edge in hops.into.get(node, ()):
            if behind:
                states.add((source, True))
            if not behind or node in passed.gates or edge in passed.shut or node in passed.guarded:
                states.add((source, False))
    return states
