"""The graph for Graphviz and for Mermaid: shapes by kind, a gate drawn on the hop it guards."""

from shipcheck.graph.graph import Edge, Graph
from shipcheck.report.encode import dot_text, mermaid_text
from shipcheck.vocabulary.vocabulary import Vocabulary

# Teams own everything, so an edge for each owner would hide the rest; owners are written into the node instead.
_DOT_SHAPES = {
    "agent": "box", "action": "ellipse", "gate": "diamond", "audit_sink": "cylinder", "dataset": "cylinder", "system": "box3d",
    "tool_server": "component", "use_case": "house", "model": "hexagon", "prompt": "note", "integration": "cds",
    "portfolio": "folder", "team": "tab",
}  # fmt: skip
MERMAID_SHAPES = {
    "agent": ("[", "]"), "action": ("([", "])"), "gate": ("{", "}"), "audit_sink": ("[(", ")]"), "dataset": ("[(", ")]"),
    "system": ("[[", "]]"), "tool_server": ("[/", "/]"), "use_case": (">", "]"), "model": ("{{", "}}"), "prompt": ("[", "]"),
    "integration": ("[", "]"), "portfolio": ("[", "]"), "team": ("[", "]"),
}  # fmt: skip


def render_dot(graph: Graph, vocabulary: Vocabulary) -> str:  # noqa: ARG001 - one signature for all formats
    """The graph in Graphviz's language (https://graphviz.org/doc/info/lang.html)."""
    lines = [
        "digraph shipcheck {",
        "  rankdir=LR;",
        '  node [fontname="Helvetica", fontsize=11];',
        '  edge [fontname="Helvetica", fontsize=9];',
    ]
    for node in _shown(graph):
        kind = graph.reference(node).kind
        label = "\\n".join(dot_text(part) for part in _label(graph, node))
        lines.append(f'  n{node} [shape={_DOT_SHAPES.get(kind, "box")}, label="{label}"{_fill(graph, node)}];')
    for edge in graph.edges:
        style = ', color="#2a7f3f"' if edge.gates else ""
        lines.append(f'  n{edge.source} -> n{edge.target} [label="{dot_text(_edge_label(graph, edge))}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def render_mermaid(graph: Graph, vocabulary: Vocabulary) -> str:  # noqa: ARG001 - one signature for all formats
    """The graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html); labels never name a node."""
    lines = ["flowchart LR"]
    for node in _shown(graph):
        opening, closing = MERMAID_SHAPES.get(graph.reference(node).kind, ("[", "]"))
        label = "<br/>".join(mermaid_text(part) for part in _label(graph, node))
        lines.append(f'  n{node}{opening}"{label}"{closing}')
    lines += [f'  n{edge.source} -->|"{mermaid_text(_edge_label(graph, edge))}"| n{edge.target}' for edge in graph.edges]
    return "\n".join(lines) + "\n"


def _fill(graph: Graph, node: int) -> str:
    """What a reader looks for first is coloured: gates, and actions whose sensitivity is grave or not declared."""
    kind, values = graph.reference(node).kind, graph.values[node]
    if kind == "gate":
        return ', style=filled, fillcolor="#d5ecd4"'
    if kind == "action" and values.get("sensitivity") not in {"low", "medium"}:
        return ', style=filled, fillcolor="#f8d5cc"'
    return ", penwidth=2" if kind == "agent" and values.get("entry") is True else ""


def _shown(graph: Graph) -> list[int]:
    """Every component that a link touches, and those of other kinds than team that none touches."""
    touched = {end for edge in graph.edges for end in (edge.source, edge.target)}
    return [node for node in range(len(graph.components)) if node in touched or graph.reference(node).kind != "team"]


def _label(graph: Graph, node: int) -> list[str]:
    reference = graph.reference(node)
    owner = graph.values[node].get("owner")
    owned = [f"owner {graph.reference(owner).short}"] if isinstance(owner, int) else []
    return [reference.short, reference.kind.replace("_", " "), *owned]


def _edge_label(graph: Graph, edge: Edge) -> str:
    through = ", ".join(graph.reference(gate).short for gate in edge.gates)
    return f"{edge.link} through {through}" if through else edge.link
