"""The fewest places where gates separate some components from others."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from shipcheck.graph.graph import EdgeNumber, Node


class GatePlace(NamedTuple):
    """Where a gate can be added: as a guard of the component `number` is the node of, or else on the hop it is the edge of."""

    guards: bool
    number: Node | EdgeNumber


class CutHop(NamedTuple):
    """A hop that paths may take; `gateable` says whether its link can name a gate."""

    source: Node
    edge: EdgeNumber
    target: Node
    gateable: bool


# A guard is written once on one component, a gate on a hop on every item: of equally many places, guards are preferred.
_GUARD, _HOP = 10_000, 10_001


def minimum_cut(
    starts: Iterable[Node], ends: Iterable[Node], hops: Iterable[CutHop], guardable: Callable[[Node], bool]
) -> tuple[GatePlace, ...] | None:
    """The fewest places that lie on every path from a start to an end, sorted; None where no places do.

    `guardable` says whether a component can name a guard. A minimum cut (L. Ford, D. Fulkerson, Maximal flow through a network,
    1956) over a network in which each component is split in two with its guard between: every hop into the component passes the
    guard, and a path that starts there does not.
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


def _add_hop(network: Any, hop: CutHop) -> None:
    """A hop with a node of its own between its ends, so that parallel hops stay apart."""
    middle = ("hop", hop.edge, hop.source)
    network.add_edge(("out", hop.source), middle)
    if hop.gateable:
        network.add_edge(middle, ("in", hop.target), capacity=_HOP)
    else:
        network.add_edge(middle, ("in", hop.target))


def _place(source: Any) -> GatePlace:
    return GatePlace(source[0] == "in", source[1])
