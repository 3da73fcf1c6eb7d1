"""The fewest places where a gate separates some components from others (a minimum cut; Ford and Fulkerson 1956)."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Place(NamedTuple):
    """Where a gate can stand: on a hop, by its edge, or as a guard of a component, by its node."""

    guards: bool
    number: int


class OpenHop(NamedTuple):
    """A hop that walks may take; `gateable` says whether a gate can be named on it."""

    source: int
    edge: int
    target: int
    gateable: bool


# A guard is one word on one component, a hop one word on every item: at the same number of places, guards are preferred.
_GUARD, _HOP = 10_000, 10_001


def smallest_cut(
    starts: Iterable[int], ends: Iterable[int], hops: Iterable[OpenHop], guardable: Callable[[int], bool]
) -> tuple[Place, ...] | None:
    """The fewest places that lie on every walk from a start to an end; None where no places do.

    A component is split in two, with its guard between: every hop into it passes that, and a walk that starts there does not.
    """
    import networkx as nx  # type: ignore[import-untyped] # noqa: PLC0415 - it takes longer to load than most runs, and few need it

    network: Any = nx.DiGraph()
    for hop in hops:
        _add_hop(network, hop)
        for node in (hop.source, hop.target):
            if guardable(node):
                network.add_edge(("in", node), ("out", node), capacity=_GUARD)
            else:
                network.add_edge(("in", node), ("out", node))
    for start in starts:
        network.add_edge("start", ("out", start))
    for end in ends:
        network.add_edge(("out", end), "end")
    if "start" not in network or "end" not in network:
        return ()
    try:
        _, (near, _) = nx.minimum_cut(network, "start", "end")
    except nx.NetworkXUnbounded:
        return None
    return tuple(sorted(_place(source) for source in near if not network.succ[source].keys() <= near))


def _add_hop(network: Any, hop: OpenHop) -> None:
    """A hop with a node of its own between its ends, so that parallel hops stay apart."""
    middle = ("hop", hop.edge, hop.source)
    network.add_edge(("out", hop.source), middle)
    if hop.gateable:
        network.add_edge(middle, ("in", hop.target), capacity=_HOP)
    else:
        network.add_edge(middle, ("in", hop.target))


def _place(source: Any) -> Place:
    return Place(source[0] == "in", source[1])
