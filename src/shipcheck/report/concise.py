"""One line a finding."""

from shipcheck.model.report import Report
from shipcheck.report.changes import change_block
from shipcheck.report.encode import visible
from shipcheck.report.style import Style
from shipcheck.report.summary import summary


def render_concise(report: Report, style: Style) -> str:
    """`path:line:column: severity policy: message`, after what differs from a base, then what was judged."""
    lines = change_block(report, style)
    lines += [
        f"{visible(str(problem.location))}: {style.paint('problem', 'problem')} {problem.code}: {visible(problem.message)}"
        for problem in report.problems
    ]
    lines += [
        f"{visible(str(finding.location))}: {style.paint(str(finding.severity), str(finding.severity))} {finding.policy}: "
        f"{visible(finding.headline)}{f' ({finding.change})' if finding.change else ''}"
        for finding in report.findings
    ]
    return "\n".join([*lines, summary(report, style)]) + "\n"
