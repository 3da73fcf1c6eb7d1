"""What is waived, and what becomes of waivers."""

from datetime import timedelta

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.report import Report
from shipcheck.model.waiver import Standing, State
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

MOST_LINES = 10
NEAR = timedelta(days=30)
_NEED_SOMEBODY = ("ended", "outgrown", "unused")


def unused(report: Report) -> tuple[Standing, ...]:
    """The waivers that match nothing."""
    return tuple(standing for standing in report.judged.waivers if standing.state == "unused")


def waiver_blocks(report: Report, style: Style) -> list[str]:
    """A block of what is waived, and one of the waivers that match nothing, where there are any."""
    waived = [_waived(finding, style) for finding in report.findings if finding.status == "waived"]
    idle = [f"{visible(standing.waiver.names)} ({visible(str(standing.waiver.location))})" for standing in unused(report)]
    verb = "matches" if len(idle) == 1 else "match"
    advice = f"warning: {counted(len(idle), 'waiver')} {verb} no finding; 'shipcheck waivers prune' takes out what nobody needs"
    return [*_block(f"waived: {counted(len(waived), 'finding')}", waived, style), *_block(advice, idle, style, "warning")]


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


def render_waivers(report: Report, style: Style) -> str:
    """Every waiver with what it comes to, in the order of the file."""
    pieces = ["\n".join(_told(standing, style)) for standing in report.judged.waivers]
    return "\n\n".join([*pieces, _count(report)]) + "\n"


def render_waivers_check(report: Report, style: Style) -> str:
    """The waivers that need somebody, and those that end soon."""
    pieces = ["\n".join(_told(standing, style)) for standing in report.judged.waivers if standing.state in _NEED_SOMEBODY]
    soon = [standing for standing in report.judged.waivers if standing.state == "in_force" and _is_near(report, standing)]
    pieces += [f"{_head(standing, style, 'ends soon')}\n  the last day is {_day(standing)}" for standing in soon]
    return "\n\n".join([*pieces, _count(report)]) + "\n"


def render_pruned(gone: tuple[Standing, ...]) -> str:
    """What was taken out."""
    if not gone:
        return "no waiver here is unused, so nothing is taken out\n"
    lines = [f"taken out: {visible(standing.waiver.names)}" for standing in gone]
    return "\n".join(lines) + "\n"


def _told(standing: Standing, style: Style) -> list[str]:
    terms = standing.waiver.terms
    who = f"until {_day(standing)}, {terms.owner} answers, {terms.approver} approves: {terms.reason}"
    note = [] if standing.state == "in_force" else [f"  it {visible(standing.note)}"]
    return [_head(standing, style, _WORDS[standing.state]), f"  {visible(who)}", *note]


def _head(standing: Standing, style: Style, word: str) -> str:
    role = "warning" if standing.state in _NEED_SOMEBODY else "strong"
    baseline = ", baseline" if standing.waiver.baseline else ""
    place = style.paint("faint", f"{visible(str(standing.waiver.location))}{baseline}")
    return f"{style.paint(role, word)}: {visible(standing.waiver.names)}    {place}"


def _count(report: Report) -> str:
    return f"{counted(len(report.judged.waivers), 'waiver')}, as of {report.as_of.isoformat()}."


def _day(standing: Standing) -> str:
    return standing.waiver.terms.until.isoformat()


def _is_near(report: Report, standing: Standing) -> bool:
    return standing.waiver.terms.until - report.as_of < NEAR


_WORDS: dict[State, str] = {
    "in_force": "in force",
    "proposed": "proposed",
    "ended": "ended",
    "outgrown": "not enough",
    "unused": "unused",
    "not_judged": "not judged",
}
