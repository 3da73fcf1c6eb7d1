"""Strongly connected groups: nodes that walks lead around in."""

from collections.abc import Callable, Iterable, Iterator

Onward = Callable[[int], Iterable[int]]


def groups(starts: Iterable[int], onward: Onward) -> Iterator[list[int]]:
    """Every node in reach, in strongly connected groups, each after all that it leads to (Tarjan 1972, without recursion)."""
    found: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_nodes: list[int] = []
    for start in starts:
        path = [(start, iter(onward(start)))] if start not in found else []
        while path:
            node, rest = path[-1]
            if node not in found:
                found[node] = lowest[node] = len(found)
                open_nodes.append(node)
            following = next((target for target in rest if target not in found or target in lowest), None)
            if following is None:
                path.pop()
                if lowest[node] == found[node]:
                    yield _close(node, open_nodes, lowest)
                else:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
            elif following in found:
                lowest[node] = min(lowest[node], found[following])
            else:
                path.append((following, iter(onward(following))))


def _close(first: int, open_nodes: list[int], lowest: dict[int, int]) -> list[int]:
    """The group that the search entered at `first`: whatever has been opened since."""
    group = [open_nodes.pop()]
    while group[-1] != first:
        group.append(open_nodes.pop())
    for node in group:
        del lowest[node]
    return group
