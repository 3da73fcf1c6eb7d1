"""A node of a document as flow YAML on one line."""

from shipcheck.model.document import Mapping, Node, Sequence

LONGEST = 60
UNKNOWN = "..."
# What ends a plain value in flow YAML, or makes it something else.
_SPECIAL = frozenset(",[]{}#\"'\\\n")


def written(node: Node) -> str:
    """The node as flow YAML; dots if it is long."""
    text = flow(node)
    return text if len(text) <= LONGEST else UNKNOWN


def flow(node: Node) -> str:
    """The node as flow YAML, with dots for each text in it that is long."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return f"[{', '.join(map(flow, node.items))}]"
    text = node.text
    if len(text) > LONGEST:
        return UNKNOWN
    if node.plain and _SPECIAL.isdisjoint(text) and ": " not in text and not text.endswith(":"):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
