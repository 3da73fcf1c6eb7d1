"""The first screen as machine-readable values: the summary, and every cause."""

from collections import Counter
from typing import Any

from shipcheck.model.finding import ANNOUNCED, INTRODUCED, UNCHANGED
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.model.screen import Cause, Step
from shipcheck.report.json_values import location_json


def summary_json(report: Report) -> dict[str, Any]:
    """How many findings there are, the fingerprints of the most severe, and what to do first."""
    live = [finding for finding in report.findings if not finding.is_accepted]
    severities = Counter(finding.severity for finding in live)
    changes = Counter(finding.change for finding in live)
    screen = report.screen
    return {
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "notes": severities[Severity.NOTE],
        "waived": sum(finding.status == "waived" for finding in report.findings),
        "consented": sum(finding.status == "consented" for finding in report.findings),
        "introduced": changes[INTRODUCED] if report.inputs.against is not None else None,
        "announced": changes[ANNOUNCED] if report.inputs.against is not None else None,
        "unchanged": changes[UNCHANGED] if report.inputs.against is not None else None,
        "most_severe": [finding.fingerprint for finding in screen.most_severe],
        "first": _step(screen.first) if screen.first is not None else None,
        "to_pass": _step(screen.to_pass) if screen.to_pass is not None else None,
    }


def _step(step: Step) -> dict[str, Any]:
    place = location_json(step.location) if step.location is not None else None
    return {"text": step.text, "location": place, "findings": step.findings}


def cause_json(cause: Cause) -> dict[str, Any]:
    """One cause, with how many findings share it or wait for it."""
    findings = cause.findings
    policies = Counter(finding.policy for finding in findings)
    return {
        "cause": cause.name,
        "title": cause.title,
        "concern": cause.concern,
        "severity": str(cause.severity),
        "change": cause.change,
        "waived": cause.waived,
        "asks": list(cause.asks),
        "findings": len(findings),
        "waiting": sum(len(block.waiting) for block in cause.blocks),
        "policies": [{"policy": policy, "findings": count} for policy, count in policies.items()],
        "example": cause.head.fingerprint,
        "location": location_json(cause.head.location),
    }


def cause_names(report: Report) -> dict[str, str]:
    """The cause of each finding, by its fingerprint."""
    causes = (*report.screen.causes, *report.screen.waived)
    return {finding.fingerprint: cause.name for cause in causes for finding in cause.findings}
