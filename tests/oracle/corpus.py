"""Saved cases: a world, a policy and what the policy finds there, in JSON that any implementation of the language can read."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import World, from_data

FOLDER = Path(__file__).parent / "corpus"


def case_of(world: World, rule: Rule, why: str, base: World | None = None, kills: str = "") -> dict[str, Any]:
    """A case, with what the naive reading finds in it; `kills` names the wrong engine that it kills."""
    naive = Naive(world, base)
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
        **({"kills": kills} if kills else {}),
        **({"base_manifest": base.text()} if base is not None else {}),
        "manifest": world.text(),
        "policy": rule.text,
        "expect": expected,
        **({"base": base.data()} if base is not None else {}),
        "world": world.data(),
        "rule": {"name": rule.name, "data": rule.data},
    }


def save(case: dict[str, Any], name: str) -> Path:
    """Write a case."""
    path = FOLDER / f"{name}.json"
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in case.items())
    path.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    return path


class Case(NamedTuple):
    """A case as it is saved, and what it is about."""

    saved: dict[str, Any]
    world: World
    base: World | None
    rule: Rule


def load(path: Path) -> Case:
    """A saved case."""
    saved = json.loads(path.read_text("utf-8"))
    base = from_data(saved["base"]) if "base" in saved else None
    return Case(saved, from_data(saved["world"]), base, Rule(saved["rule"]["name"], saved["rule"]["data"]))


def paths() -> list[Path]:
    """Every case."""
    return sorted(FOLDER.glob("*.json"))
