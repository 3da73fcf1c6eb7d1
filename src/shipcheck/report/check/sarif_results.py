"""Findings and problems as SARIF results."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from shipcheck.english import counted
from shipcheck.model.finding import Finding, Hop
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.check.details import remedy
from shipcheck.report.check.sarif_rules import LEVELS, Rules
from shipcheck.report.encode import sarif_text, uri, visible
from shipcheck.report.underlines import marks_of

# What GitHub keeps of a run, of one thread flow, and of one result's places; and the hops that still read well in a sentence.
MOST_RESULTS, MOST_HOPS, MOST_PLACES, MOST_HOPS_DESCRIBED = 5000, 1000, 100, 8
_BASELINES = {"introduced": "new", "announced": "new", "unchanged": "unchanged"}


def finding_result(report: Report, rules: Rules, finding: Finding) -> dict[str, Any]:
    """One finding. A waived one is suppressed and, since GitHub knows no suppressions, no more than a note."""
    extension, rule = rules.places[finding.policy]
    related = _related(report, finding)
    result: dict[str, Any] = {
        "ruleId": finding.policy,
        "rule": {"id": finding.policy, "index": rule, "toolComponent": {"index": extension}},
        "level": "note" if finding.is_accepted else LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_subject(report, finding)],
        "partialFingerprints": _fingerprints(finding.fingerprint),
        "relatedLocations": related,
        "properties": _properties(finding),
    }
    if finding.witness:
        result["codeFlows"] = [{"threadFlows": [{"locations": _flow(report, finding.witness)}]}]
    if finding.is_accepted:
        suppression = {"kind": "external", "status": "accepted", "justification": visible(finding.waiver)}
        result["suppressions"] = [suppression]
    if finding.change:
        result["baselineState"] = _BASELINES[finding.change]
    return result


def problem_result(report: Report, problem: Problem, number: int) -> dict[str, Any]:
    """One problem, under the one rule that the tool itself has."""
    key = "\0".join((str(number), problem.code, problem.location.path, problem.message))
    return {
        "ruleId": "problem",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": f"{sarif_text(problem.message.removesuffix('.'))}."},
        "locations": [{"physicalLocation": place_of(report, problem.location)}],
        "partialFingerprints": _fingerprints(sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]),
        "relatedLocations": [_labelled(report, place, label) for place, label in problem.related[:MOST_PLACES]],
        "properties": {"code": problem.code},
    }


def place_of(report: Report, place: Location) -> dict[str, Any]:
    """A place in a file, from the top of the repository; a file as a whole is its first line."""
    return {
        "artifactLocation": {"uri": uri(report.path(place))},
        "region": {
            "startLine": place.line or 1,
            "startColumn": place.column or 1,
            "endLine": place.end_line or 1,
            "endColumn": place.end_column or 1,
        },
    }


def _message(finding: Finding) -> str:
    """The message, then the path, each of its hops a link to the related place of that number."""
    parts = [f"{sarif_text(finding.headline)}."]
    hops = [f"[{sarif_text(hop.says)}]({number})" for number, hop in enumerate(finding.witness[:MOST_HOPS_DESCRIBED], 1)]
    if hops:
        left = len(finding.witness) - len(hops)
        more = f", and {counted(left, 'hop')} more" if left else ""
        parts.append(f"Path: {', '.join(hops)}{more}.")
    if fix := remedy(finding):
        parts.append(f"Fix: {sarif_text(fix.removesuffix('.'))}.")
    return " ".join(parts)


def _subject(report: Report, finding: Finding) -> dict[str, Any]:
    logical = {"fullyQualifiedName": visible(finding.subject), "kind": finding.subject.partition(":")[0]}
    return {"physicalLocation": place_of(report, finding.location), "logicalLocations": [logical]}


def _related(report: Report, finding: Finding) -> list[dict[str, Any]]:
    """The hops, numbered from 1 so that the message can lead to them; then every gate and field that the finding rests on."""
    hops = [(hop.location, hop.says) for hop in finding.witness[:MOST_HOPS_DESCRIBED]]
    seen = dict.fromkeys([*hops, *_grounds(finding)])
    places = [*hops, *(place for place in seen if place not in hops)][:MOST_PLACES]
    return [{"id": number, **_labelled(report, place, label)} for number, (place, label) in enumerate(places, 1)]


def _grounds(finding: Finding) -> Iterator[tuple[Location, str]]:
    yield from ((mark.location, mark.label) for mark in marks_of(finding) if mark.label)
    for ground in finding.grounds:
        yield from ((hop.location, f"{ground.text}: {hop.says}") for hop in ground.chain)


def _flow(report: Report, hops: tuple[Hop, ...]) -> list[dict[str, Any]]:
    """A place for each hop; of a path that is longer than GitHub keeps, the ends."""
    kept, half = hops, MOST_HOPS // 2
    if len(hops) > MOST_HOPS:
        kept = (*hops[:half], *hops[-half:])
    locations = [{"location": _labelled(report, hop.location, hop.says)} for hop in kept]
    if len(hops) > MOST_HOPS:
        left = counted(len(hops) - MOST_HOPS, "hop")
        text = f"{hops[half].says}; then {left} left out, because GitHub keeps {MOST_HOPS} of one path"
        locations[half] = {"location": _labelled(report, hops[half].location, text)}
    return locations


def _labelled(report: Report, place: Location, label: str) -> dict[str, Any]:
    return {"physicalLocation": place_of(report, place), "message": {"text": visible(label)}}


def _fingerprints(fingerprint: str) -> dict[str, str]:
    """GitHub follows an alert by the first alone, so it is not of a line either."""
    return {"primaryLocationLineHash": f"{fingerprint}:1", "shipcheckFinding/v1": fingerprint}


def _properties(finding: Finding) -> dict[str, Any]:
    given = {
        "target": finding.target,
        "owner": finding.owner,
        "severity": str(finding.severity),
        "status": finding.status,
        "waiver": finding.waiver,
    }
    return {key: visible(value) for key, value in given.items() if value}
