"""The finding that was waived."""

from shipcheck.model.waive import WaivedFinding
from shipcheck.model.waiver import WAIVERS
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(waived: WaivedFinding, _style: Style = PLAIN) -> str:
    """One line: until when, where, and which finding; or a line for each edit that was consented to, and what to do now."""
    finding = waived.finding
    if waived.edits:
        lead = f"consented until {waived.until.isoformat()} in {WAIVERS}"
        lines = [f"{lead}: {visible(edit.names)}" for edit in waived.edits]
        return "\n".join([*lines, "merge this first, without the change; then remove it in the change", ""])
    lead = f"waived until {waived.until.isoformat()} in {WAIVERS}"
    return f"{lead}: {visible(finding.headline)}    {visible(finding.policy)}\n"
