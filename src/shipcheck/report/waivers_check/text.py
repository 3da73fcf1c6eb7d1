"""The waivers that need attention, and those that expire soon."""

from datetime import timedelta

from shipcheck.model.report import Report
from shipcheck.model.waiver import Standing
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.waiver_lines import NEED_ATTENTION, count_line, last_day, waiver_head, waiver_lines

NEAR = timedelta(days=30)


def render(report: Report, style: Style = PLAIN) -> str:
    """The waivers that need somebody, and those that end soon."""
    pieces = ["\n".join(waiver_lines(standing, style)) for standing in report.judged.waivers if standing.state in NEED_ATTENTION]
    soon = [standing for standing in report.judged.waivers if standing.state == "in_force" and _is_near(report, standing)]
    pieces += [f"{waiver_head(standing, style, 'expires soon')}\n  last day: {last_day(standing)}" for standing in soon]
    return "\n\n".join([*pieces, count_line(report)]) + "\n"


def _is_near(report: Report, standing: Standing) -> bool:
    return standing.waiver.terms.until - report.as_of < NEAR
