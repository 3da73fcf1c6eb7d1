"""What a template has made, and what is left to say."""

from shipcheck.model.new_use_case import NewUseCase
from shipcheck.report.check.summary import summary
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(new: NewUseCase, style: Style = PLAIN) -> str:
    """The files, what the team has to add, and the findings in them."""
    lines = [f"wrote {visible(name)}" for name in new.files]
    if new.say:
        lines += ["", "Still to write:", *(f"  {visible(text)}" for text in new.say)]
    findings = [
        f"{finding.location}: {finding.severity}: {finding.headline}"
        for finding in new.report.findings
        if finding.location.path in new.files
    ]
    findings += [f"{problem.location}: problem: {problem.message}" for problem in new.report.judged.problems]
    if findings:
        lines += ["", "Findings in these files:", *(f"  {visible(text)}" for text in findings)]
    return "\n".join([*lines, "", summary(new.report, style)]) + "\n"
