"""One line for each finding, for editors and `grep`.

The line is `path:line:column: severity policy: message`. With a base, `(introduced)` marks findings that the base does not have.
"""

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.report import Report
from shipcheck.report.check.changes import change_block
from shipcheck.report.check.most_severe import shortened
from shipcheck.report.check.summary import summary
from shipcheck.report.check.waived import unused
from shipcheck.report.style import PLAIN, Style

# What a line takes without its path and its message.
_LINE = 100


def render(report: Report, style: Style = PLAIN) -> str:
    """`path:line:column: severity policy: message`, after what differs from a base, then what was judged."""
    lines = change_block(report, style)
    lines += [style.line(problem.location, "problem", problem.code, problem.message) for problem in report.judged.problems]
    listed = shortened(report, lambda finding: _LINE + len(finding.location.path) + len(finding.headline)).findings
    lines += [
        style.line(finding.location, str(finding.severity), finding.policy, finding.headline) + _marks(finding)
        for finding in listed
    ]
    left = len(report.findings) - len(listed)
    lines += [f"{counted(left, 'more finding')}, less severe than these, not listed"] if left else []
    lines += [
        style.line(judged.waiver.location, "warning", "unused-waiver", f"{judged.waiver.names} {judged.note}")
        for judged in unused(report)
    ]
    return "\n".join([*lines, summary(report, style)]) + "\n"


def _marks(finding: Finding) -> str:
    """What else is to be known of a finding: whether it is introduced, and what becomes of its waiver."""
    status = "" if finding.status == "live" else finding.status
    marks = [mark for mark in (finding.change, status) if mark]
    return f" ({', '.join(marks)})" if marks else ""
