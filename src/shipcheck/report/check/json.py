"""The report for programs; schemas/report.schema.json is its shape."""

from typing import Any

from shipcheck.model.change import Against, Change
from shipcheck.model.finding import Finding, Fix, GateVerdict, Hop, Reason
from shipcheck.model.location import BASE, MERGE_BASE, Location
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.model.waiver import Standing
from shipcheck.report.check.by_control import by_control_json
from shipcheck.report.check.softened import softening_json
from shipcheck.report.encode import as_json

REPORT_VERSION = 1


def render_json(report: Report, exit_code: int) -> str:
    """The whole report as JSON: ASCII only, keys in a fixed order."""
    return as_json(_report(report, exit_code))


def _report(report: Report, exit_code: int) -> dict[str, Any]:
    return {
        "shipcheck": report.version,
        "report": REPORT_VERSION,
        "verdict": report.verdict,
        "exit": exit_code,
        "source": {
            "kind": report.inputs.source,
            "revision": report.inputs.revision or None,
            "root": report.place.root,
            "declared_absence": report.inputs.declared_absence or None,
        },
        "base": _against(report.inputs.against) if report.inputs.against else None,
        "as_of": report.as_of.isoformat(),
        "fail_on": str(report.fail_on),
        "packs": [{"name": name, "version": version} for name, version in report.inputs.packs],
        "counts": {
            "files": report.inputs.counts.files,
            "components": report.inputs.counts.components,
            "links": report.inputs.counts.links,
            "policies": report.inputs.counts.policies,
            "unlisted": report.unlisted,
            "left_to_packs": report.left_to_packs,
        },
        "findings": [_finding(finding) for finding in report.findings],
        "problems": [problem_json(problem) for problem in report.judged.problems],
        "policies": [
            {
                "policy": result.policy,
                "result": result.result,
                "subjects": result.subjects,
                "failed": result.failed,
                "waived": result.waived,
            }
            for result in report.judged.results
        ],
        "softened": [
            *(softening_json(item, in_force=True) for item in report.inputs.softened),
            *(softening_json(item, in_force=False) for item in report.inputs.lapsed),
        ],
        "changes": [_change(change) for change in report.judged.changes],
        "waivers": [waiver_json(standing) for standing in report.judged.waivers],
        "controls": by_control_json(report.judged.controls) if report.judged.controls is not None else None,
    }


def _against(against: Against) -> dict[str, Any]:
    return {
        "name": against.name,
        "revision": against.revision,
        "merge_base": against.merge_base,
        "authority": against.authority,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind,
        "subject": change.subject,
        "message": change.message,
        "location": location_json(change.location) if change.location else None,
        "policy": change.policy or None,
        "severity": str(change.severity) if change.severity is not None else None,
        "fingerprint": change.fingerprint or None,
    }


def waiver_json(standing: Standing) -> dict[str, Any]:
    """A waiver, and what it comes to."""
    waiver, terms = standing.waiver, standing.waiver.terms
    return {
        "policy": waiver.policy,
        "subject": waiver.subject,
        "target": waiver.target,
        "members": list(waiver.members),
        "up_to": str(waiver.up_to),
        "reason": terms.reason,
        "owner": terms.owner,
        "approver": terms.approver,
        "until": terms.until.isoformat(),
        "baseline": waiver.baseline,
        "state": standing.state,
        "note": standing.note,
        "location": location_json(waiver.location),
        "fingerprint": waiver.fingerprint,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "policy": finding.policy,
        "subject": finding.subject,
        "target": finding.target,
        "severity": str(finding.severity),
        "status": finding.status,
        "waiver": finding.waiver or None,
        "change": finding.change,
        "message": finding.headline,
        "location": location_json(finding.location),
        "witness": [hop_json(hop) for hop in finding.witness],
        "reasons": [reason_json(reason) for reason in finding.reasons],
        "assumed": list(finding.assumed),
        "cause": finding.cause or None,
        "grounds": [{"text": ground.text, "chain": [hop_json(hop) for hop in ground.chain]} for ground in finding.grounds],
        "members": list(finding.members),
        "fix": _fix(finding.fix),
        "owner": finding.owner,
        "fingerprint": finding.fingerprint,
    }


def hop_json(hop: Hop) -> dict[str, Any]:
    """A hop with the gates on it."""
    return {
        "from": hop.source,
        "link": hop.link,
        "to": hop.target,
        "location": location_json(hop.location),
        "gates": [gate_json(verdict) for verdict in hop.gates],
        "more_gates": hop.more_gates,
    }


def gate_json(verdict: GateVerdict) -> dict[str, Any]:
    """Whether a gate counts, and why not."""
    why_not = [reason_json(reason) for reason in verdict.reasons]
    return {"gate": verdict.gate, "fits": verdict.fits, "location": location_json(verdict.location), "why_not": why_not}


def reason_json(reason: Reason) -> dict[str, Any]:
    """What stands there, and what is asked for."""
    place = location_json(reason.location) if reason.location else None
    return {"text": reason.text, "asked": reason.asked, "field": reason.field, "declared": not reason.missing, "location": place}


def _fix(fix: Fix) -> dict[str, Any]:
    place = location_json(fix.location) if fix.location else None
    return {"text": fix.text, "location": place, "write": fix.snippet or None, "note": fix.note or None, "clears": fix.clears}


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem with its places."""
    related = [{"location": location_json(place), "label": label} for place, label in problem.related]
    return {"code": problem.code, "message": problem.message, "location": location_json(problem.location), "related": related}


def location_json(place: Location) -> dict[str, Any]:
    """A span in a file."""
    where = {"in": place.origin} if place.origin in {BASE, MERGE_BASE} else {}
    return where | {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
