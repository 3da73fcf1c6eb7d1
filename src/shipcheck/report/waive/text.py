"""The finding that was waived."""

from shipcheck.model.waive import WaivedFinding
from shipcheck.model.waiver import WAIVERS
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(waived: WaivedFinding, _style: Style = PLAIN) -> str:
    """One line: until when, where, and which finding."""
    finding = waived.finding
    lead = f"waived until {waived.until.isoformat()} in {WAIVERS}"
    return f"{lead}: {visible(finding.headline)}    {visible(finding.policy)}\n"
