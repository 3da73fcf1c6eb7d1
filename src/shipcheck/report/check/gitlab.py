"""The Code Quality report of a GitLab merge request (https://docs.gitlab.com/ci/testing/code_quality/).

A problem is a `blocker`, an error `critical`, a warning `major`, a note `minor`. Waived findings are left out.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.check.details import Beyond, beyond_lists, shown, with_remedy
from shipcheck.report.check.most_severe import shortened
from shipcheck.report.encode import as_json, visible
from shipcheck.report.style import PLAIN, Style

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}
# What an entry takes without its path and its description.
_ENTRY = 400


def render(report: Report, _style: Style = PLAIN) -> str:
    """One entry for each problem and finding; waived ones are left out, because GitLab has no status for them."""
    report = shortened(report, lambda finding: _ENTRY + len(finding.location.path) + len(with_remedy(finding)))
    seen: Counter[str] = Counter()
    entries = [_problem(report, problem, seen) for problem in report.judged.problems]
    entries += [_finding(report, finding) for finding in shown(report)]
    return as_json([*entries, *(_beyond(report, rest) for rest in beyond_lists(report))])


def _problem(report: Report, problem: Problem, seen: Counter[str]) -> dict[str, Any]:
    """GitLab takes entries with one fingerprint for one, so twins are numbered."""
    key = f"{problem.code}\0{problem.location.path}\0{problem.message}"
    seen[key] += 1
    fingerprint = sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    location = {"path": visible(report.path(problem.location)), "lines": {"begin": problem.location.line or 1}}
    return {
        "description": visible(problem.message),
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": "blocker",
        "location": location,
    }


def _beyond(report: Report, rest: Beyond) -> dict[str, Any]:
    return {
        "description": visible(rest.text),
        "check_name": rest.policy,
        "fingerprint": sha256(f"{rest.policy}\0unlisted".encode()).hexdigest()[:32],
        "severity": _SEVERITIES[rest.severity],
        "location": {"path": visible(report.path(rest.location)), "lines": {"begin": rest.location.line or 1}},
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "description": visible(with_remedy(finding)),
        "check_name": finding.policy,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": visible(report.path(finding.location)), "lines": {"begin": finding.location.line or 1}},
    }
