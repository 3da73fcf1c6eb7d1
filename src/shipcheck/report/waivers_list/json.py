"""Every waiver with its state, as JSON."""

from shipcheck.model.report import Report
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import waiver_json
from shipcheck.report.style import PLAIN, Style


def render(report: Report, _style: Style = PLAIN) -> str:
    """The waivers of a report, as that writes them."""
    waivers = [waiver_json(judged) for judged in report.judged.waivers]
    return as_json({"shipcheck": report.version, "waivers": 1, "as_of": report.as_of.isoformat(), "items": waivers})
