"""The generated tables of docs/incidents.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PAGE = "docs/incidents.md"
EXPECTED = "examples/incidents/expected.yaml"


def incidents_table() -> str:
    """One row for each incident: what happened, what was missing, the policy that is red for it, and what repaired it."""
    held: dict[str, Any] = yaml.safe_load((ROOT / EXPECTED).read_text("utf-8"))["incidents"]
    lines = ["| incident | what was missing | red for | repaired by |", "|---|---|---|---|"]
    for name, incident in sorted(held.items(), key=lambda item: (item[1]["date"], item[0])):
        title = f"[{incident['title']}](../examples/incidents/{name}/README.md)"
        lines.append(f"| {title} | {incident['missing']} | {_policy(incident['policy'])} | {incident['repaired']} |")
    return "\n".join(lines) + "\n"


def left_table() -> str:
    """One row for each twin that is still red, with the policies that are."""
    held: dict[str, Any] = yaml.safe_load((ROOT / EXPECTED).read_text("utf-8"))["incidents"]
    return "\n".join(["| twin | still red for |", "|---|---|", *_left(held)]) + "\n"


def _left(held: dict[str, Any]) -> Iterator[str]:
    for name, incident in held.items():
        if incident["after"]:
            policies = ", ".join(_policy(f"core/{policy}") for policy in incident["after"])
            yield f"| [{name}](../examples/incidents/{name}/after/shipcheck.yaml) | {policies} |"


def _policy(name: str) -> str:
    pack, _, policy = name.partition("/")
    return f"[{policy}](policies/{pack}/{policy}.md)"
