"""`shipcheck baseline` and `shipcheck waivers prune`: waive every current finding in one list that can only shrink."""

from shipcheck.app.check import CheckRequest, examine
from shipcheck.app.waive import Wanted, terms_data, without
from shipcheck.app.waivers_file import edited, finding_data, item_line, item_lines, opened, save
from shipcheck.edit.lists import with_entry
from shipcheck.errors import UsageError
from shipcheck.model.report import Report
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.pipeline.prepare import Progress, no_progress
from shipcheck.waivers.read_waivers import BASELINE, FINDINGS


def create_baseline(request: CheckRequest, wanted: Wanted, progress: Progress = no_progress) -> tuple[Report, int]:
    """Waive every finding that fails the check, in one list; the number of findings, 0 where the report has problems.

    Raises:
        UsageError: a baseline exists already, nothing fails, the terms are not valid, or findings are too many to list, so that
            the check would still fail.
        CannotJudgeError: the files cannot be listed, or the waivers file cannot be edited or written.
    """
    examined = examine(request, progress)
    report = examined.report
    if report.verdict == "incomplete":
        return report, 0
    file = opened(examined)
    if any(waiver.baseline for waiver in file.waivers):
        raise UsageError(
            "a baseline exists already and can only shrink; run 'shipcheck baseline prune' to remove findings that are fixed"
        )
    _refuse_what_is_unlisted(report)
    known = {waiver.fingerprint for waiver in file.waivers}
    failing = [finding for finding in report.findings if finding.status != "waived" and finding.severity >= report.fail_on]
    new = [finding_data(finding, finding.severity) for finding in failing if finding.fingerprint not in known]
    if not new:
        raise UsageError("every finding that fails the check is waived already; nothing to write")
    terms = terms_data(wanted, examined, None)
    expected = {**file.data, BASELINE: {**terms, FINDINGS: new}}
    lines = [*(f"  {line}" for line in item_lines(terms)), f"  {FINDINGS}:", *(f"    - {item_line(item)}" for item in new)]
    entry = [f"{BASELINE}:", *lines]
    save(edited(file, lambda text, document: with_entry(text, document.root, entry), expected), examined)
    return report, len(new)


def _refuse_what_is_unlisted(report: Report) -> None:
    """A baseline holds every finding that fails, or there is none: what it cannot name would fail again."""
    beyond = [result for result in report.judged.results if result.unlisted and result.highest_severity >= report.fail_on]
    if beyond:
        result = beyond[0]
        fix = f" ({result.findings[0].fix.text.removesuffix('.')})" if result.findings else ""
        raise UsageError(
            f"{result.policy} has at least {result.unlisted:,} more findings than can be listed, and a baseline names each; "
            f"fix what most of them share{fix}, and create the baseline then"
        )


def prune(request: CheckRequest, *, baseline: bool, progress: Progress = no_progress) -> tuple[Report, tuple[JudgedWaiver, ...]]:
    """Remove the waivers that match nothing, of the baseline or the others; returns those removed.

    Raises:
        UsageError: the path is not a folder.
        CannotJudgeError: the files cannot be listed, or the waivers file cannot be edited or written.
    """
    examined = examine(request, progress)
    idle = tuple(item for item in examined.report.judged.waivers if item.state == "unused" and item.waiver.baseline == baseline)
    if examined.report.verdict == "incomplete" or not idle:
        return examined.report, ()
    save(without(opened(examined), [item.waiver for item in idle], baseline=baseline), examined)
    return examined.report, idle
