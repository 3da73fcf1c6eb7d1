"""The graph in Graphviz's language: shapes by kind, a gate drawn on the hop it guards."""

from shipcheck.graph.graph import Graph
from shipcheck.report.encode import dot_text
from shipcheck.report.graph.labels import LinkedGraph, edge_label, label_lines, shown
from shipcheck.report.style import PLAIN, Style

_DOT_SHAPES = {
    "agent": "box", "action": "ellipse", "gate": "diamond", "audit_sink": "cylinder", "dataset": "cylinder", "system": "box3d",
    "tool_server": "component", "use_case": "house", "model": "hexagon", "prompt": "note", "integration": "cds",
    "portfolio": "folder", "team": "tab",
}  # fmt: skip


def render(linked: LinkedGraph, _style: Style = PLAIN) -> str:
    """The graph in Graphviz's language (https://graphviz.org/doc/info/lang.html)."""
    graph = linked.graph
    lines = [
        "digraph shipcheck {",
        "  rankdir=LR;",
        '  node [fontname="Helvetica", fontsize=11];',
        '  edge [fontname="Helvetica", fontsize=9];',
    ]
    for node in shown(graph):
        kind = graph.reference(node).kind
        label = "\\n".join(dot_text(part) for part in label_lines(graph, node))
        lines.append(f'  n{node} [shape={_DOT_SHAPES.get(kind, "box")}, label="{label}"{_fill(graph, node)}];')
    for edge in graph.edges:
        style = ', color="#2a7f3f"' if edge.gates else ""
        lines.append(f'  n{edge.source} -> n{edge.target} [label="{dot_text(edge_label(graph, edge))}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def _fill(graph: Graph, node: int) -> str:
    """What a reader looks for first is colored: gates, and actions whose sensitivity is high or not declared."""
    kind, values = graph.reference(node).kind, graph.values[node]
    if kind == "gate":
        return ', style=filled, fillcolor="#d5ecd4"'
    if kind == "action" and values.get("sensitivity") not in {"low", "medium"}:
        return ', style=filled, fillcolor="#f8d5cc"'
    return ", penwidth=2" if kind == "agent" and values.get("entry") is True else ""
