"""Every waiver with its state, as JSON."""

from shipcheck.model.report import Report
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import consent_json, waiver_json
from shipcheck.report.style import PLAIN, Style


def render(report: Report, _style: Style = PLAIN) -> str:
    """The waivers and consents of a report, as that writes them."""
    waivers = [waiver_json(judged) for judged in report.judged.waivers]
    consents = [consent_json(judged) for judged in report.judged.consents]
    lead = {"shipcheck": report.version, "waivers": 1, "as_of": report.as_of.isoformat()}
    return as_json({**lead, "items": waivers, "consents": consents})
