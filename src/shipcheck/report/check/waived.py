"""Waived findings and unused waivers in the report of a check."""

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.report import Report
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

MOST_LINES = 10


def unused(report: Report) -> tuple[JudgedWaiver, ...]:
    """The waivers that match nothing."""
    return tuple(judged for judged in report.judged.waivers if judged.state == "unused")


def waiver_blocks(report: Report, style: Style) -> list[str]:
    """A block of waived findings, one of those that are consented to, and one of unused waivers, if there are any."""
    waived, consented = (
        [_waived(finding, style) for finding in report.findings if finding.status == status] for status in ("waived", "consented")
    )
    idle = [f"{visible(judged.waiver.names)} ({visible(str(judged.waiver.location))})" for judged in unused(report)]
    advice = f"warning: {counted(len(idle), 'unused waiver')}; remove with 'shipcheck waivers prune'"
    return [
        *_block(f"waived: {counted(len(waived), 'finding')}", waived, style),
        *_block(f"consented: {counted(len(consented), 'finding')}", consented, style),
        *_block(advice, idle, style, "warning"),
    ]


def _waived(finding: Finding, style: Style) -> str:
    head = f"{finding.severity}: {visible(finding.headline)}    {style.paint('faint', finding.policy)}"
    return f"{head}\n    {visible(finding.waiver)}"


def _block(title: str, entries: list[str], style: Style, role: str = "strong") -> list[str]:
    if not entries:
        return []
    word, _, rest = title.partition(":")
    shown = entries if len(entries) <= MOST_LINES else entries[: MOST_LINES - 1]
    left = len(entries) - len(shown)
    more = [f"  and {left} more; --format concise lists them all"] if left else []
    return ["\n".join([f"{style.paint(role, word)}:{rest}", *(f"  {entry}" for entry in shown), *more])]
