"""SARIF 2.1.0, for GitHub code scanning, Azure and editors (https://docs.oasis-open.org/sarif/sarif/v2.1.0).

The file is on one line. It contains:

- the packs as extensions of the tool, each with every policy that was evaluated as a rule, whether or not it has findings;
- a result for each finding: its path as a thread flow with a place for each hop, the gates that do not count as related places,
  and a fingerprint of policy, subject and target, so that an alert stays the same while lines move;
- a result *and* a notification for each problem, with `executionSuccessful: false`, so that a run that judged nothing is never
  mistaken for one without findings;
- the address of the repository, from `origin` without name and password, and the commit if one was read;
- a finding that is waived or consented to as suppressed and as a note, since GitHub ignores suppressions;
- at most 5,000 results, the most severe ones, and 1,000 places of one path, which is what GitHub keeps. A notification says what
  is left out.
"""

from typing import Any

from shipcheck.english import counted
from shipcheck.model.report import Report
from shipcheck.report.check.changes import change_count
from shipcheck.report.check.details import outside_lines
from shipcheck.report.check.sarif_results import MOST_RESULTS, finding_result, place_of, problem_result
from shipcheck.report.check.sarif_rules import PROBLEM_RULE, Rules, rules_of
from shipcheck.report.check.softened import softened_lines
from shipcheck.report.encode import as_json, visible
from shipcheck.report.style import PLAIN, Style

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, _style: Style = PLAIN) -> str:
    """One run: packs as extensions of the tool, findings as results, problems as results and as notifications of the invocation.

    A problem is a result too, so that a run that judged nothing is never taken for one that found nothing.
    """
    rules = rules_of(report)
    # A forge takes a run for the successor of the last one with its name, and closes what it no longer has.
    part = f"{report.narrowed.path}/" if report.narrowed is not None else ""
    run: dict[str, Any] = {
        "tool": {"driver": _driver(report), "extensions": list(rules.extensions)},
        "invocations": [_invocation(report)],
        "automationDetails": {"id": f"shipcheck/{visible(report.place.prefix + part)}"},
        "columnKind": "unicodeCodePoints",
        "results": _results(report, rules),
    }
    if report.place.repository:
        revision = {"revisionId": report.inputs.revision} if report.inputs.revision else {}
        run["versionControlProvenance"] = [{"repositoryUri": report.place.repository, **revision}]
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, compact=True)


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "shipcheck",
        "fullName": f"shipcheck {report.version}",
        "semanticVersion": report.version,
        "informationUri": "https://shipcheck.dev",
        "rules": [PROBLEM_RULE],
    }


def _results(report: Report, rules: Rules) -> list[dict[str, Any]]:
    problems = [problem_result(report, problem, number) for number, problem in enumerate(report.judged.problems)]
    findings = [finding_result(report, rules, finding) for finding in report.findings[: max(0, MOST_RESULTS - len(problems))]]
    if any("suppressions" in result for result in findings):
        # Either every result of a run says whether it is suppressed, or none does.
        for result in (*problems, *findings):
            result.setdefault("suppressions", [])
    return [*problems[:MOST_RESULTS], *findings]


def _invocation(report: Report) -> dict[str, Any]:
    notifications = [
        {
            "descriptor": {"id": problem.code},
            "level": "error",
            "message": {"text": visible(problem.message)},
            "locations": [{"physicalLocation": place_of(report, problem.location)}],
        }
        for problem in report.judged.problems[:MOST_RESULTS]
    ]
    notifications += [{"level": "warning", "message": {"text": text}} for text in _cuts(report)]
    changes = change_count(report)
    notifications += [{"level": "note", "message": {"text": changes}}] if changes else []
    return {
        "executionSuccessful": report.verdict != "incomplete",
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _cuts(report: Report) -> list[str]:
    """What the file leaves out, and what packs loosen."""
    left = len(report.judged.problems) + len(report.findings) - MOST_RESULTS
    texts = []
    if left > 0:
        results = counted(left, "result")
        texts.append(f"{results} left out: this file has the {MOST_RESULTS} most severe, which is what GitHub keeps of one run.")
    if not report.judged.every_policy:
        texts.append("Only selected policies were judged.")
    if report.unlisted:
        texts.append(f"At least {report.unlisted} more findings are too many to list.")
    warnings = (f"{problem.location}: {problem.message}" for problem in report.inputs.warnings)
    return [*texts, *map(visible, (*warnings, *outside_lines(report))), *softened_lines(report)]
