"""The problems and warnings in packs, and the cost of each policy, as JSON."""

from typing import Any

from shipcheck.model.policy_check import CheckedPack, Cost, PackCheck
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import problem_json
from shipcheck.report.style import PLAIN, Style

PACK_CHECK_VERSION = 1


def render(check: PackCheck, _style: Style = PLAIN) -> str:
    """The same, machine-readable: ASCII only, keys in a fixed order."""
    return as_json(_json(check))


def _json(check: PackCheck) -> dict[str, Any]:
    return {
        "shipcheck": check.version,
        "pack_check": PACK_CHECK_VERSION,
        "verdict": check.verdict,
        "strict": check.strict,
        "packs": [_pack_json(pack) for pack in check.packs],
        "problems": [problem_json(problem) for problem in check.problems],
        "warnings": [problem_json(warning) for warning in check.warnings],
    }


def _pack_json(pack: CheckedPack) -> dict[str, Any]:
    return {
        "name": pack.name,
        "version": pack.version,
        "parameters": pack.parameters,
        "selectors": pack.selectors,
        "policies": [{"policy": name, "cost": _cost_json(cost)} for name, cost in pack.costs],
    }


def _cost_json(cost: Cost) -> dict[str, Any]:
    return {"class": cost.kind, "reads": list(cost.reads), "text": cost.shown}
