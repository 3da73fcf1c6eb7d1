"""Saved cases: a world, a policy and what the policy finds there, in JSON that any implementation of the language can read."""

import json
from pathlib import Path
from typing import Any

from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import World, from_data

FOLDER = Path(__file__).parent / "corpus"


def case_of(world: World, rule: Rule, why: str, **more: Any) -> dict[str, Any]:
    """A case, with what the naive reading finds in it."""
    naive = Naive(world)
    answer = naive.judge(rule)
    expected = [
        {
            "subject": key[0],
            "target": key[1] or None,
            "severity": naive.severity(rule, key) if "each" in rule.data else "error",
            "hops": length or None,
        }
        for key, length in sorted(answer.items())
    ]
    return {
        "why": why,
        **more,
        "manifest": world.text(),
        "policy": rule.text,
        "expect": expected,
        "world": world.data(),
        "rule": {"name": rule.name, "data": rule.data},
    }


def save(case: dict[str, Any], name: str) -> Path:
    """Write a case."""
    path = FOLDER / f"{name}.json"
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in case.items())
    path.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    return path


def load(path: Path) -> tuple[dict[str, Any], World, Rule]:
    """A case with its world and its rule."""
    case = json.loads(path.read_text("utf-8"))
    return case, from_data(case["world"]), Rule(case["rule"]["name"], case["rule"]["data"])


def paths() -> list[Path]:
    """Every case."""
    return sorted(FOLDER.glob("*.json"))
