"""A waiver or a consent in the lists that commands print."""

from shipcheck.english import counted
from shipcheck.model.consent import ConsentState, JudgedConsent
from shipcheck.model.report import Report
from shipcheck.model.waiver import JudgedWaiver, State
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
CONSENTS_NEED_ATTENTION = ("ended", "unused")
CONSENT_WORDS: dict[ConsentState, str] = {
    "ready": "ready",
    "used": "used",
    "kept": "kept",
    "proposed": "proposed",
    "ended": "expired",
    "refused": "refused",
    "unused": "unused",
}


def waiver_lines(judged: JudgedWaiver, style: Style) -> list[str]:
    """A waiver with its terms and, unless it is in force, what becomes of it."""
    terms = judged.waiver.terms
    who = f"until {last_day(judged)}, owner {terms.owner}, approver {terms.approver}: {terms.reason}"
    note = [] if judged.state == "in_force" else [f"  it {visible(judged.note)}"]
    return [waiver_head(judged, style, _WORDS[judged.state]), f"  {visible(who)}", *note]


def waiver_head(judged: JudgedWaiver, style: Style, word: str) -> str:
    """A waiver on one line, after a word for its state."""
    role = "warning" if judged.state in NEED_ATTENTION else "strong"
    baseline = ", baseline" if judged.waiver.baseline else ""
    place = style.paint("faint", f"{visible(str(judged.waiver.location))}{baseline}")
    return f"{style.paint(role, word)}: {visible(judged.waiver.names)}    {place}"


def consent_lines(judged: JudgedConsent, style: Style) -> list[str]:
    """A consent with its terms, and what becomes of it."""
    consent, terms = judged.consent, judged.consent.terms
    role = "warning" if judged.state in CONSENTS_NEED_ATTENTION else "strong"
    head = f"{style.paint(role, CONSENT_WORDS[judged.state])}: consent to {visible(consent.edit.names)}"
    who = f"until {terms.until.isoformat()}, owner {terms.owner}, approver {terms.approver}: {terms.reason}"
    place = style.paint("faint", visible(str(consent.location)))
    return [f"{head}    {place}", f"  {visible(who)}", f"  it {visible(judged.note)}"]


def count_line(report: Report) -> str:
    """How many waivers and consents there are."""
    consents = report.judged.consents
    more = f" and {counted(len(consents), 'consent')}" if consents else ""
    return f"{counted(len(report.judged.waivers), 'waiver')}{more}, as of {report.as_of.isoformat()}."


def last_day(judged: JudgedWaiver) -> str:
    """The last day on which a waiver applies."""
    return judged.waiver.terms.until.isoformat()
