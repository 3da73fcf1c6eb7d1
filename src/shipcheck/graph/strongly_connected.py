"""Strongly connected sets of nodes: each node of a set has a path to every other."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from shipcheck.graph.graph import Node

Onward: TypeAlias = Callable[[Node], Iterable[Node]]


def strongly_connected(starts: Iterable[Node], onward: Onward) -> Iterator[list[Node]]:
    """Every node in reach of `starts`, in strongly connected sets; a set comes after every set that it leads to.

    `onward` gives the nodes one hop after a node. A node on no cycle is a set of its own. The time is linear in nodes and hops
    (R. Tarjan, Depth-first search and linear graph algorithms, 1972; here without recursion).
    """
    order: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    open_nodes: list[Node] = []
    for start in starts:
        path = [(start, iter(onward(start)))] if start not in order else []
        while path:
            node, rest = path[-1]
            if node not in order:
                order[node] = lowest[node] = len(order)
                open_nodes.append(node)
            following = next((target for target in rest if target not in order or target in lowest), None)
            if following is None:
                path.pop()
                if lowest[node] == order[node]:
                    yield _close(node, open_nodes, lowest)
                else:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
            elif following in order:
                lowest[node] = min(lowest[node], order[following])
            else:
                path.append((following, iter(onward(following))))


def _close(first: Node, open_nodes: list[Node], lowest: dict[Node, int]) -> list[Node]:
    """The set that the search entered at `first`: every node opened since."""
    members = [open_nodes.pop()]
    while members[-1] != first:
        members.append(open_nodes.pop())
    for node in members:
        del lowest[node]
    return members
