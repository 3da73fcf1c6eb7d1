"""The whole report, machine-readable.

Its shape is [published](../schemas/output/check.schema.json) and versioned. `exit` is the exit code; `verdict` is `fail` also
with `--exit-zero`.
"""

from typing import Any

from shipcheck.model.change import Against, Change
from shipcheck.model.finding import Finding, Fix
from shipcheck.model.report import Report
from shipcheck.report.check.by_control import by_control_json
from shipcheck.report.check.softened import softening_json
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import finding_json, hop_json, location_json, problem_json, reason_json, waiver_json
from shipcheck.report.style import PLAIN, Style

REPORT_VERSION = 1


def render(report: Report, _style: Style = PLAIN) -> str:
    """The whole report as JSON: ASCII only, keys in a fixed order."""
    return as_json(_report(report))


def _report(report: Report) -> dict[str, Any]:
    return {
        "shipcheck": report.version,
        "report": REPORT_VERSION,
        "verdict": report.verdict,
        "exit": int(report.exit_code),
        "source": {
            "kind": report.inputs.source,
            "revision": report.inputs.revision or None,
            "root": report.place.root,
            "declared_absence": report.inputs.declared_absence or None,
        },
        "base": _against(report.inputs.against) if report.inputs.against else None,
        **({"judged_whole": report.whole} if report.whole else {}),
        "as_of": report.as_of.isoformat(),
        "fail_on": str(report.fail_on),
        "packs": [{"name": name, "version": version} for name, version in report.inputs.packs],
        "counts": {
            "files": report.inputs.counts.files,
            "components": report.inputs.counts.components,
            "links": report.inputs.counts.links,
            "policies": report.inputs.counts.policies,
            "unlisted": report.unlisted,
            "left_to_packs": len(report.upstream),
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
        **_of_packs(report),
        "changes": [_change(change) for change in report.judged.changes],
        "waivers": [waiver_json(judged) for judged in report.judged.waivers],
        "controls": by_control_json(report.judged.controls) if report.judged.controls is not None else None,
    }


def _of_packs(report: Report) -> dict[str, Any]:
    """What packs loosen, which are not signed, what is left to their authors, and which controls are only declared."""
    return {
        "softened": [
            *(softening_json(item, in_force=True) for item in report.inputs.softened),
            *(softening_json(item, in_force=False) for item in report.inputs.expired),
        ],
        "unsigned": list(report.inputs.unsigned),
        "declared_controls": list(report.inputs.declared_only),
        "pack_findings": [finding_json(finding) for finding in report.upstream],
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


def _fix(fix: Fix) -> dict[str, Any]:
    place = location_json(fix.location) if fix.location else None
    return {"text": fix.text, "location": place, "write": fix.snippet or None, "note": fix.note or None, "clears": fix.clears}
