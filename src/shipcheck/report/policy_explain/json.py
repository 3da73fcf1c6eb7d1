"""Policies in plain English as JSON, with what they cost, what they read and how they are tested."""

from collections.abc import Iterable
from typing import Any

from shipcheck import __version__
from shipcheck.documentation import policy_page
from shipcheck.model.explain import CaseCounts, ExplainedPolicy, Line
from shipcheck.model.policy import Parameter
from shipcheck.report.encode import as_json
from shipcheck.report.style import PLAIN, Style

EXPLANATION_VERSION = 1


def render(policies: Iterable[ExplainedPolicy], _style: Style = PLAIN) -> str:
    """The same, machine-readable: ASCII only, keys in a fixed order."""
    data = {"shipcheck": __version__, "explanation": EXPLANATION_VERSION, "policies": [_json(policy) for policy in policies]}
    return as_json(data)


def _json(explained: ExplainedPolicy) -> dict[str, Any]:
    reading, tested = explained.reading, explained.tested
    policy, reads, cost = reading.policy, reading.reads, reading.cost
    return {
        "policy": policy.name,
        "title": policy.title,
        "why": policy.why,
        "asks": _lines(reading.asks),
        "means": _lines(reading.means),
        "severity": reading.severity,
        "unknown": list(reading.unknown),
        "words": dict(reading.words),
        "pack_fields": dict(reading.own_fields),
        "parameters": [_parameter(parameter, policy.pack) for parameter in reading.parameters],
        "fix": policy.fix,
        "cost": {"class": cost.kind, "reads": list(cost.reads), "text": cost.shown},
        "reads": {
            "fields": list(reads.fields),
            "derived": list(reads.derived),
            "facts": list(reads.facts),
            "links": list(reads.links),
        },
        "tests": None if tested is None else _tests(tested),
        "controls": list(policy.controls),
        "documentation": policy_page(policy) or None,
    }


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"depth": line.depth, "text": line.text} for line in lines]


def _parameter(parameter: Parameter, pack: str) -> dict[str, Any]:
    return {
        "parameter": f"{pack}.{parameter.name}",
        "type": parameter.type,
        "value": parameter.shown,
        "may": parameter.may,
        "description": parameter.description,
    }


def _tests(tested: CaseCounts) -> dict[str, Any]:
    counts = {"fails": tested.fails, "passes": tested.passes, "not_applicable": tested.not_applicable}
    return {"cases": tested.cases, **counts, "files": list(tested.files)}
