"""The path of one finding as a Mermaid flowchart."""

from shipcheck.model.finding import Finding, Hop
from shipcheck.report.encode import mermaid_text
from shipcheck.report.graph.mermaid import MERMAID_SHAPES

# Mermaid draws at most 500 edges, and a reader follows fewer than half.
MOST_HOPS = 24


def render_witness(finding: Finding) -> list[str]:
    """The lines of a flowchart from the subject to the target, with the gates on the way that do not count."""
    kept, left = _ends(finding.witness)
    lines = ["flowchart LR", f"  n0{_node(kept[0].source)}"]
    for number, hop in enumerate(kept, 1):
        if left and number == MOST_HOPS // 2 + 1:
            lines += [
                f'  cut["{left} more hops"]',
                f"  n{number - 1} -.-> cut",
                f"  n{number}{_node(hop.target)}",
                f"  cut -.-> n{number}",
            ]
            continue
        lines += [f"  n{number}{_node(hop.target)}", f'  n{number - 1} -->|"{mermaid_text(_label(hop))}"| n{number}']
    return [*lines, f"  style n{len(kept)} stroke-width:3px"]


def _ends(hops: tuple[Hop, ...]) -> tuple[tuple[Hop, ...], int]:
    """The hops to draw: of a long path the first and the last, and how many are left out between them."""
    if len(hops) <= MOST_HOPS:
        return hops, 0
    half = MOST_HOPS // 2
    # The hop in the middle represents those that are left out, and its far end is drawn.
    return (*hops[:half], *hops[-half - 1 :]), len(hops) - 2 * half


def _node(reference: str) -> str:
    opening, closing = MERMAID_SHAPES.get(reference.partition(":")[0], ("[", "]"))
    return f'{opening}"{mermaid_text(reference)}"{closing}'


def _label(hop: Hop) -> str:
    link = hop.link.replace("_", " ")
    through = [
        f"{verdict.gate.partition(':')[2]} ({'too early' if verdict.qualifies else 'does not qualify'})" for verdict in hop.gates
    ]
    return f"{link} through {', '.join(through)}" if through else link
