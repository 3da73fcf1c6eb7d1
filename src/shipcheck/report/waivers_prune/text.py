"""The waivers and consents that were removed."""

from shipcheck.model.consent import JudgedConsent
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(gone: tuple[JudgedWaiver | JudgedConsent, ...], _style: Style = PLAIN) -> str:
    """One line for each."""
    if not gone:
        return "no unused waivers; nothing removed\n"
    lines = [f"removed: {visible(_name(judged))}" for judged in gone]
    return "\n".join(lines) + "\n"


def _name(judged: JudgedWaiver | JudgedConsent) -> str:
    return judged.waiver.names if isinstance(judged, JudgedWaiver) else f"consent to {judged.consent.edit.names}"
