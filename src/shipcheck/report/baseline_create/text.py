"""How many findings the new baseline waives."""

from shipcheck.english import counted
from shipcheck.model.waive import NewBaseline
from shipcheck.model.waiver import WAIVERS
from shipcheck.report.style import PLAIN, Style


def render(baseline: NewBaseline, _style: Style = PLAIN) -> str:
    """One line, and one more for findings that cannot be waived because they are not listed."""
    lines = [f"waived {counted(baseline.count, 'finding')} until {baseline.until.isoformat()} in the baseline of {WAIVERS}"]
    if baseline.unlisted:
        lines.append(f"at least {baseline.unlisted} more are too many to list, and still fail")
    return "\n".join(lines) + "\n"
