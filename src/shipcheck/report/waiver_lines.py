"""A waiver in the lists that commands print."""

from shipcheck.english import counted
from shipcheck.model.report import Report
from shipcheck.model.waiver import Standing, State
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

NEED_ATTENTION = ("ended", "outgrown", "unused")
_WORDS: dict[State, str] = {
    "in_force": "in force",
    "proposed": "proposed",
    "ended": "expired",
    "outgrown": "insufficient",
    "unused": "unused",
    "not_judged": "not judged",
}


def waiver_lines(standing: Standing, style: Style) -> list[str]:
    """A waiver with its terms and, unless it is in force, what becomes of it."""
    terms = standing.waiver.terms
    who = f"until {last_day(standing)}, owner {terms.owner}, approver {terms.approver}: {terms.reason}"
    note = [] if standing.state == "in_force" else [f"  it {visible(standing.note)}"]
    return [waiver_head(standing, style, _WORDS[standing.state]), f"  {visible(who)}", *note]


def waiver_head(standing: Standing, style: Style, word: str) -> str:
    """A waiver on one line, after a word for its state."""
    role = "warning" if standing.state in NEED_ATTENTION else "strong"
    baseline = ", baseline" if standing.waiver.baseline else ""
    place = style.paint("faint", f"{visible(str(standing.waiver.location))}{baseline}")
    return f"{style.paint(role, word)}: {visible(standing.waiver.names)}    {place}"


def count_line(report: Report) -> str:
    """How many waivers there are."""
    return f"{counted(len(report.judged.waivers), 'waiver')}, as of {report.as_of.isoformat()}."


def last_day(standing: Standing) -> str:
    """The last day on which a waiver applies."""
    return standing.waiver.terms.until.isoformat()
