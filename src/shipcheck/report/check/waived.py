"""Waived findings and unused waivers in the report of a check."""

from shipcheck.english import counted
from shipcheck.model.finding import ACCEPTED, Finding
from shipcheck.model.report import Report
from shipcheck.model.screen import Cause
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.report.check.cause_lines import summed
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

MOST_LINES = 10
MOST_IN_FULL = 3


def unused(report: Report) -> tuple[JudgedWaiver, ...]:
    """The waivers that match nothing."""
    return tuple(judged for judged in report.judged.waivers if judged.state == "unused")


def waiver_blocks(report: Report, style: Style) -> list[str]:
    """A line for each cause of findings that are waived or consented to, and a block of unused waivers, if there are any."""
    causes = {status: [cause for cause in report.screen.waived if cause.head.status == status] for status in ACCEPTED}
    idle = [f"{visible(judged.waiver.names)} ({visible(str(judged.waiver.location))})" for judged in unused(report)]
    advice = f"warning: {counted(len(idle), 'unused waiver')}; remove with 'shipcheck waivers prune'"
    most = None if report.full else MOST_LINES
    blocks = []
    for status, its in causes.items():
        lines = [line for cause in its for line in _waived(report, cause, style)]
        count = sum(len(cause.findings) for cause in its)
        blocks += _block(f"{status}: {counted(count, 'finding')}", lines, style, most=most)
    return [*blocks, *_block(advice, idle, style, "warning", most)]


def _waived(report: Report, cause: Cause, style: Style) -> list[str]:
    """The cause on a line; in a full report, or where they are few, each finding with what its waiver says."""
    if sum(len(cause.findings) for cause in report.screen.waived) > MOST_IN_FULL and not report.full:
        return [f"{visible(summed(cause))}    {style.paint('faint', cause.head.policy)}"]
    return [_one(finding, style) for finding in cause.findings]


def _one(finding: Finding, style: Style) -> str:
    head = f"{finding.severity}: {visible(finding.headline)}    {style.paint('faint', finding.policy)}"
    return f"{head}\n    {visible(finding.waiver)}"


def _block(title: str, entries: list[str], style: Style, role: str = "strong", most: int | None = MOST_LINES) -> list[str]:
    if not entries:
        return []
    word, _, rest = title.partition(":")
    shown = entries if most is None or len(entries) <= most else entries[: most - 1]
    left = len(entries) - len(shown)
    more = [f"  and {left} more; --full lists them all"] if left else []
    return ["\n".join([f"{style.paint(role, word)}:{rest}", *(f"  {entry}" for entry in shown), *more])]
