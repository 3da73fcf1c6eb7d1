"""The first screen of a report."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from shipcheck.causes.grouping import live_causes, waived_causes
from shipcheck.causes.placing import Order
from shipcheck.causes.titles import declare
from shipcheck.model.finding import UNCHANGED, Finding
from shipcheck.model.location import NOT_HEAD
from shipcheck.model.policy import CONCERNS, Severity
from shipcheck.model.report import Report
from shipcheck.model.screen import NO_SCREEN, Cause, Screen, Step

MOST_SEVERE = 3


def with_screen(report: Report) -> Report:
    """The report with its first screen, which is made from everything else in it."""
    return replace(report, screen=screen_of(report))


def screen_of(report: Report) -> Screen:
    """The causes of a report in order, its most severe findings and the first steps."""
    findings = report.findings
    if not findings:
        return NO_SCREEN
    order = Order(
        {policy.name: policy.concern for policy in report.judged.policies},
        {result.policy: place for place, result in enumerate(report.judged.results)},
    )
    live = [finding for finding in findings if not finding.is_accepted]
    causes = tuple(sorted(live_causes(live, order), key=_rank))
    waived = waived_causes((finding for finding in findings if finding.is_accepted), order)
    return Screen(causes, tuple(sorted(waived, key=_rank)), _most_severe(causes, order), *_steps(causes, report.fail_on))


def _rank(cause: Cause) -> tuple[bool, bool, int, int, int]:
    """New before old, notes last, safety before process, the most severe first, and of those the one with the most findings."""
    concern = CONCERNS.index(cause.concern)
    return cause.change == UNCHANGED, cause.severity == Severity.NOTE, concern, -cause.severity, -len(cause.findings)


def _most_severe(causes: Sequence[Cause], order: Order) -> tuple[Finding, ...]:
    """Of each cause the most severe finding, and of these the three most severe; where causes are fewer, more of the same causes.

    Where some are new, only those count.
    """

    def rank(finding: Finding) -> tuple[object, ...]:
        return finding.change == UNCHANGED, order.rank(finding)[:2]

    causes = [cause for cause in causes if cause.change != UNCHANGED] or causes
    heads = [cause.head if cause.head.severity == cause.severity else min(cause.findings, key=rank) for cause in causes]
    chosen = sorted(heads, key=rank)[:MOST_SEVERE]
    told = (block.head for cause in causes for block in cause.blocks)
    more = (finding for finding in told if finding not in chosen and finding.change == chosen[0].change)
    return (*chosen, *islice(more, MOST_SEVERE - len(chosen)))


def _steps(causes: Sequence[Cause], fail_on: Severity) -> tuple[Step | None, Step | None]:
    """The advice for the first cause, and for the first that fails the check where that is another one."""
    first = next(iter(causes), None)
    failing = next((cause for cause in causes if cause.severity >= fail_on), None)
    return _step(first) if first else None, _step(failing) if failing and failing is not first else None


def _step(cause: Cause) -> Step:
    head = cause.head
    is_all = all(reason.missing for reason in head.reasons) or cause.blocks[0].declare
    text = declare(cause.asks) if cause.asks and is_all else _placed(head)
    return Step(text, head.location, len(list(cause.blocks[0])))


def _placed(finding: Finding) -> str:
    """The advice of a finding, which names the place itself or is about the one where the finding is."""
    text, place = finding.fix.text.removesuffix("."), finding.location
    if not text or finding.fix.location is not None or place.origin in NOT_HEAD:
        return text
    return f"in {place.spot}, {text[:1].lower()}{text[1:]}"
