"""The nearest of some nodes to every node of a graph, found by one search that all who ask share."""

from collections.abc import Collection

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Node


def nearest(wanted: Collection[Node], adjacency: Adjacency, most: int) -> dict[Node, list[Node]]:
    """For each node from which paths lead to any of `wanted`, the nearest `most` of these, nearest first.

    Those equally far away are in the order in which a breadth-first search from the node finds them that takes hops in the order
    of the nodes that they lead to. The search goes backwards, level by level. What a node adds to its own list it passes on once,
    so the time is linear in hops.
    """
    near: dict[Node, list[Node]] = {}
    fresh = {node: [node] for node in wanted}
    while fresh:
        leading: dict[Node, set[Node]] = {}
        for node in fresh:
            for source, _ in adjacency.into.get(node, ()):
                leading.setdefault(source, set()).add(node)
        fresh = _added(near, fresh, leading, most)
    return near


def _added(
    near: dict[Node, list[Node]], fresh: dict[Node, list[Node]], leading: dict[Node, set[Node]], most: int
) -> dict[Node, list[Node]]:
    """What each node in `leading` has added to its list from the `fresh` entries of those that it leads to."""
    added: dict[Node, list[Node]] = {}
    for source, onward in leading.items():
        known = near.setdefault(source, [])
        start = len(known)
        if start >= most:
            continue
        for node in sorted(onward):
            known += [found for found in fresh[node] if found not in known]
        del known[most:]
        if len(known) > start:
            added[source] = known[start:]
    return added
