"""A graph with fewer links, or with other values, to tell what a derived value would be without them."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from shipcheck.graph.graph import EdgeNumber, Graph, Node, first_edges


def reduced(graph: Graph, dropped: Collection[EdgeNumber], values: Mapping[Node, dict[str, object]]) -> Graph:
    """The graph without some links, and with other values for some components."""
    edges = tuple(edge for number, edge in enumerate(graph.edges) if number not in dropped)
    by_link: dict[str, list[EdgeNumber]] = {}
    for number, edge in enumerate(edges):
        by_link.setdefault(edge.link, []).append(number)
    return replace(
        graph,
        values=tuple(values.get(node, own) for node, own in enumerate(graph.values)),
        edges=edges,
        by_link=by_link,
        ends=[edge.target for edge in edges],
        first=first_edges(edges, len(graph.components)),
    )
