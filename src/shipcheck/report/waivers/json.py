"""The waivers for programs; schemas/report.schema.json has their shape."""

from shipcheck.model.report import Report
from shipcheck.report.check.json import waiver_json
from shipcheck.report.encode import as_json


def render_waivers_json(report: Report) -> str:
    """The waivers of a report, as that writes them."""
    waivers = [waiver_json(standing) for standing in report.judged.waivers]
    return as_json({"shipcheck": report.version, "waivers": 1, "as_of": report.as_of.isoformat(), "items": waivers})
