"""How many findings a new baseline, or what is added to one, waives."""

from shipcheck.english import counted
from shipcheck.model.waive import NewBaseline
from shipcheck.model.waiver import WAIVERS
from shipcheck.report.style import PLAIN, Style


def render(baseline: NewBaseline, _style: Style = PLAIN) -> str:
    """One line."""
    where = f"{'the baseline of ' if baseline.listed else ''}{WAIVERS}"
    return f"waived {counted(baseline.count, 'finding')} until {baseline.until.isoformat()} in {where}\n"
