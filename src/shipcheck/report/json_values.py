"""Values of the model as plain data for every JSON output, in the shape that schemas/output/check.schema.json defines."""

from typing import Any

from shipcheck.model.consent import JudgedConsent
from shipcheck.model.edit import Edit
from shipcheck.model.finding import Finding, GateVerdict, Hop, Reason
from shipcheck.model.location import NOT_HEAD, Location
from shipcheck.model.problem import Problem
from shipcheck.model.waiver import JudgedWaiver


def waiver_json(judged: JudgedWaiver) -> dict[str, Any]:
    """A waiver with its state."""
    waiver, terms = judged.waiver, judged.waiver.terms
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
        "state": judged.state,
        "note": judged.note,
        "location": location_json(waiver.location),
        "fingerprint": waiver.fingerprint,
    }


def consent_json(judged: JudgedConsent) -> dict[str, Any]:
    """A consent with its state."""
    consent, terms = judged.consent, judged.consent.terms
    return {
        **edit_json(consent.edit),
        "reason": terms.reason,
        "owner": terms.owner,
        "approver": terms.approver,
        "until": terms.until.isoformat(),
        "state": judged.state,
        "note": judged.note,
        "location": location_json(consent.location),
    }


def edit_json(edit: Edit) -> dict[str, Any]:
    """An edit by the keys of a consent."""
    return {
        "component": None if edit.is_of_file else edit.where,
        "file": edit.where if edit.is_of_file else None,
        "field": edit.field or None,
        "from": edit.before,
        "to": edit.after,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """What identifies a finding and where it is, without what explains it."""
    return {
        "policy": finding.policy,
        "subject": finding.subject,
        "target": finding.target,
        "severity": str(finding.severity),
        "message": finding.headline,
        "location": location_json(finding.location),
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
    """Whether a gate qualifies, and why not."""
    why_not = [reason_json(reason) for reason in verdict.reasons]
    return {"gate": verdict.gate, "fits": verdict.qualifies, "location": location_json(verdict.location), "why_not": why_not}


def reason_json(reason: Reason) -> dict[str, Any]:
    """The value that is there, and the expected one."""
    place = location_json(reason.location) if reason.location else None
    return {
        "text": reason.text,
        "asked": reason.expected,
        "field": reason.field,
        "declared": not reason.missing,
        "location": place,
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem with its places."""
    related = [{"location": location_json(place), "label": label} for place, label in problem.related]
    return {"code": problem.code, "message": problem.message, "location": location_json(problem.location), "related": related}


def location_json(place: Location) -> dict[str, Any]:
    """A span in a file."""
    where = {"in": place.origin} if place.origin in NOT_HEAD else {}
    return where | {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
