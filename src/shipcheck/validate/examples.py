"""What to write instead of a value of the wrong shape: the same content in the right one, as flow YAML."""

from collections.abc import Callable

from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.model.flow_yaml import LONGEST, UNKNOWN, flow, written

Example = Callable[[Node], str]
"""The text of a right value with the content of a node that has the wrong shape."""


def list_of(node: Node, item: Example, *, of_maps: bool) -> str:
    """The list that was meant by a node that is not one: `a, b` means two items, and the keys of a map are its items.

    `of_maps` says that items are maps, so that a map is a single item; so is one with `to`, as links have it.
    """
    if isinstance(node, Mapping):
        items = [item(node)] if of_maps or node.find("to") else [item(key) for key, _ in node.entries]
    elif isinstance(node, Scalar) and node.plain:
        items = [item(node._replace(text=part.strip())) for part in node.text.split(",") if part.strip()]
    else:
        items = [item(node)]
    text = f"[{', '.join(items)}]" if items else f"[{UNKNOWN}]"
    return text if len(text) <= LONGEST else f"[{UNKNOWN}]"


def entries_of(node: Sequence) -> str:
    """The named entries that were meant by a list of names, or of maps with a name in each."""
    entries = []
    for item in node.items:
        named = next((entry for key in ("name", "id") if (entry := item.find(key))), None) if isinstance(item, Mapping) else None
        name = named[1] if named else item
        if isinstance(name, Scalar) and name.text:
            entries.append(f"{flow(name)}: {{}}" if name is item else f"{flow(name)}: {{{UNKNOWN}}}")
    text = f"{{{', '.join(entries)}}}"
    return text if entries and len(text) <= LONGEST else ""


def single(node: Node) -> str:
    """The one value that a list or map of a single value means; empty if there is none."""
    while isinstance(node, Sequence | Mapping):
        parts = node.items if isinstance(node, Sequence) else tuple(value for _, value in node.entries)
        if len(parts) != 1:
            return ""
        node = parts[0]
    return "" if node.plain and not node.text else written(node)
