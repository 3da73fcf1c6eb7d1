"""Every waiver with its state."""

from shipcheck.model.report import Report
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.waiver_lines import consent_lines, count_line, waiver_lines


def render(report: Report, style: Style = PLAIN) -> str:
    """Every waiver with what it comes to, in the order of the file; then every consent."""
    pieces = ["\n".join(waiver_lines(judged, style)) for judged in report.judged.waivers]
    pieces += ["\n".join(consent_lines(judged, style)) for judged in report.judged.consents]
    return "\n\n".join([*pieces, count_line(report)]) + "\n"
