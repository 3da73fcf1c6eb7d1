"""The graph as a Mermaid flowchart: shapes by kind, a gate drawn on the hop it guards."""

from shipcheck.report.encode import mermaid_text
from shipcheck.report.graph.labels import LinkedGraph, edge_label, label_lines, shown
from shipcheck.report.style import PLAIN, Style

MERMAID_SHAPES = {
    "agent": ("[", "]"), "action": ("([", "])"), "gate": ("{", "}"), "audit_sink": ("[(", ")]"), "dataset": ("[(", ")]"),
    "system": ("[[", "]]"), "tool_server": ("[/", "/]"), "use_case": (">", "]"), "model": ("{{", "}}"), "prompt": ("[", "]"),
    "integration": ("[", "]"), "portfolio": ("[", "]"), "team": ("[", "]"),
}  # fmt: skip


def render(linked: LinkedGraph, _style: Style = PLAIN) -> str:
    """The graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html); labels never name a node."""
    graph = linked.graph
    lines = ["flowchart LR"]
    for node in shown(graph):
        opening, closing = MERMAID_SHAPES.get(graph.reference(node).kind, ("[", "]"))
        label = "<br/>".join(mermaid_text(part) for part in label_lines(graph, node))
        lines.append(f'  n{node}{opening}"{label}"{closing}')
    lines += [f'  n{edge.source} -->|"{mermaid_text(edge_label(graph, edge))}"| n{edge.target}' for edge in graph.edges]
    return "\n".join(lines) + "\n"
