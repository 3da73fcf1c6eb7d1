"""Walks that pass something before they come to a target."""

from collections.abc import Iterable

from shipcheck.graph.search import Ways

_State = tuple[int, bool]  # a node, and whether what is to be passed lies behind


def reaching_through(targets: Iterable[int], passed: Ways, within: int | None = None) -> set[int]:
    """The nodes from which a walk of at least one hop, and at most `within`, comes to a target after passing a match.

    `passed` holds the matches in the place of fit gates: a hop passes by naming a match or by ending at a component that one
    guards, and a node that is a match passes as an inner one.
    """
    ends = frozenset(targets)
    front = _last_hops(ends, passed)
    found = set(front)
    distance = 1
    while front and (within is None or distance < within):
        distance += 1
        front = {state for state in _before(front, passed) if state not in found}
        found |= front
    return {node for node, behind in found if not behind}


def _last_hops(ends: Iterable[int], passed: Ways) -> set[_State]:
    """The states right before a target: a hop that passes may be taken before anything was passed, any hop after."""
    states: set[_State] = set()
    for end in ends:
        for source, edge in passed.hops.into.get(end, ()):
            states.add((source, True))
            if passed.is_shut(edge, end):
                states.add((source, False))
    return states


def _before(front: Iterable[_State], passed: Ways) -> set[_State]:
    """The states one hop before any of these."""
    states: set[_State] = set()
    for node, behind in front:
        for source, edge in passed.hops.into.get(node, ()):
            if behind:
                states.add((source, True))
            if not behind or node in passed.fitting or passed.is_shut(edge, node):
                states.add((source, False))
    return states
