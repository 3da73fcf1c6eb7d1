"""Everything that was found, as data."""

from typing import Any

from shipcheck.model.discover import DiscoverReport
from shipcheck.model.location import Location
from shipcheck.model.observed import Coverage, Effect, GateCandidate, Known, NotRead, Observed
from shipcheck.report.discover.tables import ordered
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import location_json, problem_json
from shipcheck.report.style import PLAIN, Style

DISCOVER_VERSION = 1


def render(report: DiscoverReport, _style: Style = PLAIN) -> str:
    """The whole answer: ASCII only, keys in a fixed order."""
    explained = report.explained
    data = {
        "shipcheck": report.version,
        "discover": DISCOVER_VERSION,
        "source": {"kind": report.source, "revision": report.revision or None, "root": report.root},
        "only": report.only or None,
        "kinds": list(report.kinds),
        "detectors": list(report.discovery.detectors),
        "frameworks": [{"detector": name, "title": title} for name, title in sorted(report.discovery.frameworks.items())],
        "components": [_component(each) for each in ordered(report)],
        "aside": [_component(each) for each in report.aside],
        "coverage": _coverage(report.discovery.coverage),
        "explained": {"place": explained.place, "lines": list(explained.lines)} if explained else None,
        "idle_folders": list(report.idle),
        "problems": [problem_json(problem) for problem in report.problems],
    }
    return as_json(data)


def _component(each: Observed) -> dict[str, Any]:
    return {
        "key": each.key,
        "kind": each.kind,
        "name": each.name,
        "symbol": each.symbol,
        "location": location_json(each.place),
        "detector": each.detector,
        "confidence": each.confidence,
        "aside": each.aside,
        "fields": [{"field": field.name, "values": [_known(value) for value in field.values]} for field in each.fields],
        "links": [{"link": link.link, "to": link.target or None, "known": _known(link.known)} for link in each.links],
        "effects": None if each.effects is None else [_effect(effect) for effect in each.effects],
        "unknown_effects": [_known(value) for value in each.unknown_effects],
        "gates": [_gate(gate) for gate in each.gates],
        "also": [location_json(place) for place in each.also],
    }


def _known(value: Known) -> dict[str, Any]:
    return {
        "value": value.value or None,
        "how": value.how,
        "why": value.why or None,
        "when": value.when or None,
        "location": _place(value.place),
    }


def _place(place: Location | None) -> dict[str, Any] | None:
    return location_json(place) if place else None


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "effect": effect.effect,
        "call": effect.callable,
        "location": location_json(effect.place),
        "through": [{"name": step.name, "location": location_json(step.place)} for step in effect.chain],
        "detector": effect.detector,
    }


def _gate(gate: GateCandidate) -> dict[str, Any]:
    return {
        "name": gate.name,
        "class": gate.kind_of,
        "agent": gate.agent or None,
        "action": gate.action or None,
        "value": _known(gate.value),
        "takes_away": gate.bypass,
        "location": location_json(gate.place),
        "detector": gate.detector,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "seen": coverage.seen,
        "parsed": coverage.parsed,
        "skipped": coverage.skipped,
        "unparsed": [_line(line) for line in coverage.unparsed],
        "not_analysed": [_line(line) for line in coverage.not_analysed],
        "broken": [location_json(place) for place in coverage.broken],
        "given_up": [{"file": path, "count": count} for path, count in coverage.cut],
        "unknown_frameworks": [
            {"framework": title, "location": location_json(place)} for title, place in coverage.unknown_frameworks
        ],
        "aside": [{"folder": folder, "components": count} for folder, count in coverage.aside],
        "of_these": [_line(line) for line in coverage.of_these],
    }


def _line(line: NotRead) -> dict[str, Any]:
    return {"reason": line.reason, "text": line.detail, "files": list(line.paths)}
