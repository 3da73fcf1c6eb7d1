"""What every drawing of the graph shows: which components, and what is written on them and on links."""

from dataclasses import dataclass

from shipcheck.graph.graph import Edge, Graph
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class LinkedGraph:
    """A graph with the vocabulary that its components are declared in."""

    graph: Graph
    vocabulary: Vocabulary


def shown(graph: Graph) -> list[int]:
    """Every component that a link touches, and those of other kinds than team that none touches.

    Teams own everything, so an edge for each owner would hide the rest; owners are written into the node instead.
    """
    touched = {end for edge in graph.edges for end in (edge.source, edge.target)}
    return [node for node in range(len(graph.components)) if node in touched or graph.reference(node).kind != "team"]


def label_lines(graph: Graph, node: int) -> list[str]:
    """The name, the kind and the owner."""
    reference = graph.reference(node)
    owner = graph.values[node].get("owner")
    owned = [f"owner {graph.reference(owner).short}"] if isinstance(owner, int) else []
    return [reference.short, reference.kind.replace("_", " "), *owned]


def edge_label(graph: Graph, edge: Edge) -> str:
    """The name of the link, with the gates on it."""
    through = ", ".join(graph.reference(gate).short for gate in edge.gates)
    return f"{edge.link} through {through}" if through else edge.link
