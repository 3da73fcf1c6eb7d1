"""Which hops lead where, for one choice of links to walk along."""

from dataclasses import dataclass

from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import Vocabulary

Hop = tuple[int, int]  # the node at the other end, and the edge's number

THROUGH = "through"


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Hops out of and into each node; a node without any is missing. Lists are in the order of the edges."""

    out: dict[int, list[Hop]]
    into: dict[int, list[Hop]]


def adjacency(graph: Graph, vocabulary: Vocabulary, along: tuple[str, ...]) -> Adjacency:
    """The hops that walks along these links may take; inverse names walk the same edge backwards.

    `through`, which only flows use, leads from a hop's start to the gates it passes.
    """
    forward, backward = _directions(vocabulary, along)
    out: dict[int, list[Hop]] = {}
    into: dict[int, list[Hop]] = {}
    gated = THROUGH in along
    kind_of = {node: kind for kind, nodes in graph.kinds.items() for node in nodes} if backward else {}
    for number, edge in enumerate(graph.edges):
        source, link, target, gates, _ = edge
        if link in forward:
            out.setdefault(source, []).append((target, number))
            into.setdefault(target, []).append((source, number))
        if backward and (kind_of[source], link) in backward:
            out.setdefault(target, []).append((source, number))
            into.setdefault(source, []).append((target, number))
        if gated:
            for gate in gates:
                out.setdefault(source, []).append((gate, number))
                into.setdefault(gate, []).append((source, number))
    return Adjacency(out, into)


def _directions(vocabulary: Vocabulary, along: tuple[str, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Link names walked forwards, and (source kind, link name) pairs walked backwards."""
    names = set(along)
    links = [(kind.name, link) for kind in vocabulary.kinds.values() for link in kind.links.values()]
    forward = frozenset(link.name for _, link in links if link.name in names)
    backward = frozenset((kind, link.name) for kind, link in links if link.inverse in names)
    return forward, backward
