"""What differs between two versions of a pack, as JSON."""

from typing import Any

from shipcheck.model.finding import Finding
from shipcheck.model.pack_diff import PackDiff
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import location_json, problem_json
from shipcheck.report.style import PLAIN, Style


def render(diff: PackDiff, _style: Style = PLAIN) -> str:
    """The same as data."""
    return as_json(
        {
            "old": diff.old,
            "new": diff.new,
            "changes": list(diff.changes),
            "repositories": [
                {
                    "root": item.root,
                    "appear": [_finding(finding) for finding in item.appear],
                    "vanish": [_finding(finding) for finding in item.vanish],
                    "problems": [problem_json(problem) for problem in item.problems],
                }
                for item in diff.repositories
            ],
        }
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "policy": finding.policy,
        "subject": finding.subject,
        "target": finding.target,
        "severity": str(finding.severity),
        "message": finding.headline,
        "location": location_json(finding.location),
        "fingerprint": finding.fingerprint,
    }
