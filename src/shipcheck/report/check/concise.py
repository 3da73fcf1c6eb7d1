"""One line a finding."""

from shipcheck.model.finding import Finding
from shipcheck.model.report import Report
from shipcheck.report.check.changes import change_block
from shipcheck.report.check.summary import summary
from shipcheck.report.encode import visible
from shipcheck.report.style import Style
from shipcheck.report.waivers.text import unused


def render_concise(report: Report, style: Style) -> str:
    """`path:line:column: severity policy: message`, after what differs from a base, then what was judged."""
    lines = change_block(report, style)
    lines += [
        f"{visible(str(problem.location))}: {style.paint('problem', 'problem')} {problem.code}: {visible(problem.message)}"
        for problem in report.judged.problems
    ]
    lines += [
        f"{visible(str(finding.location))}: {style.paint(str(finding.severity), str(finding.severity))} {finding.policy}: "
        f"{visible(finding.headline)}{_marks(finding)}"
        for finding in report.findings
    ]
    lines += [
        f"{visible(str(standing.waiver.location))}: {style.paint('warning', 'warning')} unused-waiver: "
        f"{visible(standing.waiver.names)} {standing.note}"
        for standing in unused(report)
    ]
    return "\n".join([*lines, summary(report, style)]) + "\n"


def _marks(finding: Finding) -> str:
    """What else is to be known of a finding: whether it is introduced, and what becomes of its waiver."""
    status = "" if finding.status == "live" else finding.status
    marks = [mark for mark in (finding.change, status) if mark]
    return f" ({', '.join(marks)})" if marks else ""
