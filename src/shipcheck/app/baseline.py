"""`shipcheck baseline` and `shipcheck waivers prune`: waive every finding at once, and what stricter rules bring."""

from typing import TypeAlias

from shipcheck.app.check import CheckRequest, examine
from shipcheck.app.waive import Wanted, terms_data, without, without_consents
from shipcheck.app.waivers_file import Data, WaiversFile, edited, finding_data, item_line, item_lines, opened, save
from shipcheck.edit.lists import with_entry, with_items
from shipcheck.errors import UsageError
from shipcheck.model.consent import JudgedConsent
from shipcheck.model.finding import ANNOUNCED
from shipcheck.model.report import Report
from shipcheck.model.waive import NewBaseline
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.pipeline.prepare import Progress, no_progress
from shipcheck.waivers.read_waivers import BASELINE, FINDINGS, WAIVERS

Pruned: TypeAlias = tuple[JudgedWaiver | JudgedConsent, ...]


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
            "a baseline exists already; run 'shipcheck baseline prune' to remove what is fixed, or 'shipcheck baseline extend' "
            "to add what stricter rules bring"
        )
    _refuse_what_is_unlisted(report)
    known = {waiver.fingerprint for waiver in file.waivers}
    failing = [finding for finding in report.findings if not finding.is_accepted and finding.severity >= report.fail_on]
    new = [finding_data(finding, finding.severity) for finding in failing if finding.fingerprint not in known]
    if not new:
        raise UsageError("every finding that fails the check is waived already; nothing to write")
    terms = terms_data(wanted, examined, None)
    expected = {**file.data, BASELINE: {**terms, FINDINGS: new}}
    entry = _baseline(terms, new)
    save(edited(file, lambda text, document: with_entry(text, document.root, entry), expected), examined)
    return report, len(new)


def _baseline(terms: Data, items: list[Data]) -> list[str]:
    lines = [*(f"  {line}" for line in item_lines(terms)), f"  {FINDINGS}:", *(f"    - {item_line(item)}" for item in items)]
    return [f"{BASELINE}:", *lines]


def extend_baseline(request: CheckRequest, wanted: Wanted, progress: Progress = no_progress) -> tuple[Report, NewBaseline | None]:
    """Waive every finding that the change announces and that fails; None where the report has problems.

    They are added to the baseline if it has the same terms or there is none, and are waivers of their own otherwise. One that has
    a waiver already, which no longer suffices, gets these terms.

    Raises:
        UsageError: nothing that is announced fails, the terms are not valid, or findings are too many to list.
        CannotJudgeError: the files cannot be listed, or the waivers file cannot be edited or written.
    """
    examined = examine(request, progress)
    report = examined.report
    if report.verdict == "incomplete":
        return report, None
    failing = [
        one for one in report.findings if one.change == ANNOUNCED and not one.is_accepted and one.severity >= report.fail_on
    ]
    if not failing:
        raise UsageError("this change announces no finding that fails the check and is not waived; nothing to write")
    _refuse_what_is_unlisted(report)
    terms = terms_data(wanted, examined, None)
    file = _without_those_of(opened(examined), {finding.fingerprint for finding in failing})
    extended = _extended(file, terms, [finding_data(finding, finding.severity) for finding in failing])
    save(extended, examined)
    listed = any(waiver.baseline and waiver.fingerprint == failing[0].fingerprint for waiver in extended.waivers)
    return report, NewBaseline(len(failing), wanted.until, listed=listed)


def _without_those_of(file: WaiversFile, fingerprints: set[str]) -> WaiversFile:
    """The file without the waivers of these findings."""
    for baseline in (False, True):
        old = [waiver for waiver in file.waivers if waiver.fingerprint in fingerprints and waiver.baseline == baseline]
        file = without(file, old, baseline=baseline) if old else file
    return file


def _extended(file: WaiversFile, terms: Data, items: list[Data]) -> WaiversFile:
    """The file with more items: of its baseline, of a new one, or, where that has other terms, each with its own terms."""
    expected = file.data
    baseline = expected.get(BASELINE)
    if baseline is None:
        entry = _baseline(terms, items)
        expected[BASELINE] = {**terms, FINDINGS: items}
        return edited(file, lambda text, document: with_entry(text, document.root, entry), expected)
    if {key: value for key, value in baseline.items() if key != FINDINGS} == terms:
        path: tuple[str, ...] = (BASELINE, FINDINGS)
        lines = [[item_line(item)] for item in items]
        baseline[FINDINGS] += items
    else:
        path, lines = (WAIVERS,), [item_lines({**item, **terms}) for item in items]
        expected[WAIVERS] = [*expected.get(WAIVERS, []), *({**item, **terms} for item in items)]
    return edited(file, lambda text, document: with_items(text, document.root, path, lines), expected)


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


def prune(request: CheckRequest, *, baseline: bool, progress: Progress = no_progress) -> tuple[Report, Pruned]:
    """Remove the waivers that match nothing, of the baseline or the others with the consents; returns those removed.

    Raises:
        UsageError: the path is not a folder.
        CannotJudgeError: the files cannot be listed, or the waivers file cannot be edited or written.
    """
    examined = examine(request, progress)
    idle = tuple(item for item in examined.report.judged.waivers if item.state == "unused" and item.waiver.baseline == baseline)
    consents = () if baseline else tuple(item for item in examined.report.judged.consents if item.state in {"unused", "ended"})
    if examined.report.verdict == "incomplete" or not (idle or consents):
        return examined.report, ()
    file = opened(examined)
    if consents:
        file = without_consents(file, [item.consent for item in consents])
    save(without(file, [item.waiver for item in idle], baseline=baseline) if idle else file, examined)
    return examined.report, (*idle, *consents)
