"""Writes a tree of YAML nodes as text that the strict reader can read."""

import json
import re

from shipcheck.model.document import Mapping, Node, Scalar, Sequence

# Plain text that means the same everywhere; everything else is quoted.
_SAFE = re.compile(r"[A-Za-z0-9_./+-](?:[A-Za-z0-9_./+ -]|:(?=[A-Za-z0-9_]))*(?<! )|~")


def written(root: Node) -> bytes:
    """The text of a manifest for the tree: one line for each value, and a map for each component."""
    lines: list[str] = []
    _write(root, 0, lines)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _write(node: Node, depth: int, lines: list[str]) -> None:
    entries = node.entries if isinstance(node, Mapping) else ()
    for key, value in entries:
        indent = "  " * depth
        if isinstance(value, Mapping) and value.entries and depth < _DEEPEST_BLOCK:
            lines.append(f"{indent}{_scalar(key)}:")
            _write(value, depth + 1, lines)
        else:
            lines.append(f"{indent}{_scalar(key)}: {_flow(value)}")


_DEEPEST_BLOCK = 2


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(item) for item in node.items) + "]"
    return _scalar(node)


def _scalar(node: Scalar) -> str:
    if node.plain and (_SAFE.fullmatch(node.text) or not node.text):
        return node.text
    return json.dumps(node.text, ensure_ascii=False)
