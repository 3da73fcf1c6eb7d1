"""How each policy comes out for two components, as JSON."""

from typing import Any

from shipcheck.model.finding import Hop
from shipcheck.model.why import Answer, Apart, PlacedGate, WhyReport
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import gate_json, hop_json, location_json, problem_json, reason_json
from shipcheck.report.style import PLAIN, Style

WHY_VERSION = 1


def render(report: WhyReport, _style: Style = PLAIN) -> str:
    """The whole answer as JSON: ASCII only, keys in a fixed order."""
    data = {
        "shipcheck": report.version,
        "why": WHY_VERSION,
        "verdict": report.verdict,
        "from": report.start,
        "to": report.end,
        "as_of": report.as_of.isoformat(),
        "packs": [{"name": name, "version": version} for name, version in report.packs],
        "policies": [_answer(answer) for answer in report.answers],
        "problems": [problem_json(problem) for problem in report.problems],
    }
    return as_json(data)


def _answer(answer: Answer) -> dict[str, Any]:
    finding = answer.finding
    return {
        "policy": answer.policy,
        "title": answer.title,
        "result": answer.result,
        "because": answer.because,
        "text": answer.text,
        "detail": answer.detail or None,
        "severity": str(finding.severity) if finding else None,
        "fingerprint": finding.fingerprint if finding else None,
        "status": finding.status if finding else None,
        "waiver": (finding.waiver or None) if finding else None,
        "witness": _path(finding.witness) if finding else [],
        "reasons": [reason_json(reason) for reason in (finding.reasons if finding else answer.reasons)],
        "walks": [_path(path) for path in answer.paths],
        "more_walks": answer.more_paths,
        "hops": answer.hops,
        "unfit": [gate_json(verdict) for verdict in answer.disqualified],
        "more_unfit": answer.more_disqualified,
        "separating": [_placed_gate(placed) for placed in answer.separating],
        "others": [_placed_gate(placed) for placed in answer.others],
        "more_others": answer.more_others,
        "is_fewest": answer.is_fewest,
        "apart": _apart(answer.apart) if answer.apart else None,
        "assumed": list(answer.assumed),
    }


def _path(path: tuple[Hop, ...]) -> list[dict[str, Any]]:
    return [hop_json(hop) for hop in path]


def _placed_gate(placed: PlacedGate) -> dict[str, Any]:
    return {
        "gate": placed.gate,
        "alone": placed.alone,
        "places": [{"how": place.how, "text": place.text, "location": location_json(place.location)} for place in placed.places],
        "more_places": placed.more_places,
        "walk": _path(placed.path),
        "stop": placed.stop if placed.path else None,
        "hops": placed.hops,
    }


def _apart(apart: Apart) -> dict[str, Any]:
    return {
        "reached": list(apart.reached),
        "reached_count": apart.reached_count,
        "leading": list(apart.leading),
        "leading_count": apart.leading_count,
    }
