"""The waivers that need attention, and those that expire soon."""

from datetime import timedelta

from shipcheck.model.report import Report
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.waiver_lines import (
    CONSENTS_NEED_ATTENTION,
    NEED_ATTENTION,
    consent_lines,
    count_line,
    last_day,
    waiver_head,
    waiver_lines,
)

NEAR = timedelta(days=30)


def render(report: Report, style: Style = PLAIN) -> str:
    """The waivers that need attention, and those that end soon."""
    pieces = ["\n".join(waiver_lines(judged, style)) for judged in report.judged.waivers if judged.state in NEED_ATTENTION]
    pieces += ["\n".join(consent_lines(one, style)) for one in report.judged.consents if one.state in CONSENTS_NEED_ATTENTION]
    soon = [judged for judged in report.judged.waivers if judged.state == "in_force" and _is_near(report, judged)]
    pieces += [f"{waiver_head(judged, style, 'expires soon')}\n  last day: {last_day(judged)}" for judged in soon]
    return "\n\n".join([*pieces, count_line(report)]) + "\n"


def _is_near(report: Report, judged: JudgedWaiver) -> bool:
    return judged.waiver.terms.until - report.as_of < NEAR
