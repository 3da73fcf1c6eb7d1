"""What a template has made, and what is left to say."""

from collections.abc import Sequence

from shipcheck.model.report import Report
from shipcheck.report.check.summary import summary
from shipcheck.report.encode import visible
from shipcheck.report.style import Style


def render_made(files: Sequence[str], say: Sequence[str], report: Report, style: Style) -> str:
    """The files, what only the team can write, and what a check finds in them now."""
    lines = [f"wrote {visible(name)}" for name in files]
    if say:
        lines += ["", "Only you can say:", *(f"  {visible(text)}" for text in say)]
    told = [
        f"{finding.location}: {finding.severity}: {finding.headline}"
        for finding in report.findings
        if finding.location.path in files
    ]
    told += [f"{problem.location}: problem: {problem.message}" for problem in report.judged.problems]
    if told:
        lines += ["", "A check finds there now:", *(f"  {visible(text)}" for text in told)]
    return "\n".join([*lines, "", summary(report, style)]) + "\n"
