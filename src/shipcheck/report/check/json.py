"""The whole report, machine-readable.

Its shape is [published](../schemas/output/check.schema.json) and versioned: a version may get more keys, so ignore those that you
do not know. `exit` is the exit code; `verdict` is `fail` also with `--exit-zero`. `summary` and `causes` are the first screen of
the text; every finding is still listed, with the name of its cause. See [Versions](#versions-of-the-json-report).
"""

from typing import Any

from shipcheck.model.change import Against, Change
from shipcheck.model.finding import Finding, Fix
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Report
from shipcheck.report.check.by_control import by_control_json
from shipcheck.report.check.most_severe import (
    MOST_INDENTED,
    MOST_OF_CAUSES,
    MOST_OF_CHANGES,
    MOST_OF_FINDINGS,
    Listed,
    by_severity,
    fitting,
)
from shipcheck.report.check.screen_json import cause_json, cause_names, summary_json
from shipcheck.report.check.softened import softening_json
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import (
    consent_json,
    edit_json,
    finding_json,
    hop_json,
    location_json,
    problem_json,
    reason_json,
    waiver_json,
)
from shipcheck.report.style import PLAIN, Style

REPORT_VERSION = 2


def render(report: Report, _style: Style = PLAIN) -> str:
    """The report as JSON: ASCII only, keys in a fixed order."""
    names = cause_names(report)
    findings = fitting(report.findings, lambda it: _finding(it, names.get(it.fingerprint)), MOST_OF_FINDINGS, by_severity)
    upstream = fitting(report.upstream, finding_json, MOST_OF_FINDINGS - findings.characters, by_severity)
    changes = fitting(report.judged.changes, _change, MOST_OF_CHANGES)
    causes = fitting((*report.screen.causes, *report.screen.waived), cause_json, MOST_OF_CAUSES)
    parts = (findings, upstream, changes, causes)
    is_large = sum(part.characters for part in parts) > MOST_INDENTED
    return as_json(_report(report, *parts), compact=is_large)


def _report(report: Report, findings: Listed, upstream: Listed, changes: Listed, causes: Listed) -> dict[str, Any]:
    return {
        "shipcheck": report.version,
        "report": REPORT_VERSION,
        "verdict": report.verdict,
        "exit": int(report.exit_code),
        "source": {
            "kind": report.inputs.source,
            "revision": report.inputs.revision or None,
            "declared_absence": report.inputs.declared_absence or None,
        },
        **_rules(report),
        "base": _against(report.inputs.against) if report.inputs.against else None,
        **({"judged_whole": report.whole} if report.whole else {}),
        "as_of": report.as_of.isoformat(),
        "fail_on": str(report.fail_on),
        "packs": [{"name": name, "version": version} for name, version in report.inputs.packs],
        "counts": _counts(report, findings, changes),
        "summary": summary_json(report),
        "causes": causes.values,
        "findings": findings.values,
        "problems": [problem_json(problem) for problem in report.judged.problems],
        "policies": [_result(result) for result in report.judged.results],
        **_of_packs(report, upstream),
        "changes": changes.values,
        "waivers": [waiver_json(judged) for judged in report.judged.waivers],
        "consents": [consent_json(judged) for judged in report.judged.consents],
        "controls": by_control_json(report.judged.controls) if report.judged.controls is not None else None,
    }


def _counts(report: Report, findings: Listed, changes: Listed) -> dict[str, int]:
    """How much was judged, and how much is not listed."""
    counts = report.inputs.counts
    return {
        "files": counts.files,
        "components": counts.components,
        "links": counts.links,
        "policies": counts.policies,
        "unlisted": report.unlisted + findings.left,
        "unlisted_changes": changes.left,
        "left_to_packs": len(report.upstream),
    }


def _result(result: PolicyResult) -> dict[str, Any]:
    return {
        "policy": result.policy,
        "result": result.result,
        "subjects": result.subjects,
        "failed": result.failed,
        "waived": result.waived,
    }


def _rules(report: Report) -> dict[str, Any]:
    """The root, the settings in effect, what is left out, and what of it is shown."""
    narrowed = report.narrowed
    return {
        "root": {"name": report.place.root, "path": report.place.prefix.rstrip("/")},
        "settings": list(report.inputs.settings),
        "ignored": report.inputs.ignored,
        "warnings": [problem_json(problem) for problem in report.inputs.warnings],
        "narrowed": narrowed
        and {
            "path": narrowed.path,
            "outside": {str(severity): narrowed.outside.get(severity, 0) for severity in sorted(Severity, reverse=True)},
            "problems": [problem_json(problem) for problem in narrowed.problems],
        },
    }


def _of_packs(report: Report, upstream: Listed) -> dict[str, Any]:
    """What packs loosen, which are not signed, what is left to their authors, and which controls are only declared."""
    return {
        "softened": [
            *(softening_json(item, in_force=True) for item in report.inputs.softened),
            *(softening_json(item, in_force=False) for item in report.inputs.expired),
        ],
        "unsigned": list(report.inputs.unsigned),
        "not_yet": list(report.inputs.not_yet),
        "declared_controls": list(report.inputs.declared_only),
        "pack_findings": upstream.values,
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
        "field": change.field or None,
        "before": change.before or None,
        "after": change.after or None,
        "direction": change.direction or None,
    }


def _finding(finding: Finding, cause: str | None) -> dict[str, Any]:
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
        "waits_for": list(finding.waits_for),
        "cause": cause,
        "grounds": [{"text": ground.text, "chain": [hop_json(hop) for hop in ground.chain]} for ground in finding.grounds],
        "members": list(finding.members),
        "fix": _fix(finding.fix),
        "owner": finding.owner,
        "fingerprint": finding.fingerprint,
        "edits": [edit_json(edit) for edit in finding.edits],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    place = location_json(fix.location) if fix.location else None
    return {
        "text": fix.text,
        "location": place,
        "write": fix.snippet or None,
        "declare": fix.declare or None,
        "otherwise": fix.otherwise or None,
        "note": fix.note or None,
        "clears": fix.clears,
    }
