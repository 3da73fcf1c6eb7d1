"""How many findings the new baseline waives."""

from shipcheck.english import counted
from shipcheck.model.waive import NewBaseline
from shipcheck.model.waiver import WAIVERS
from shipcheck.report.style import PLAIN, Style


def render(baseline: NewBaseline, _style: Style = PLAIN) -> str:
    """One line."""
    return f"waived {counted(baseline.count, 'finding')} until {baseline.until.isoformat()} in the baseline of {WAIVERS}\n"
