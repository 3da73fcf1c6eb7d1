"""What a template has made, and what is left to say."""

from shipcheck.model.new_use_case import NewUseCase
from shipcheck.report.check.summary import summary
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(new: NewUseCase, style: Style = PLAIN) -> str:
    """The files, what only the team can write, and what a check finds in them now."""
    lines = [f"wrote {visible(name)}" for name in new.files]
    if new.say:
        lines += ["", "Only you can say:", *(f"  {visible(text)}" for text in new.say)]
    told = [
        f"{finding.location}: {finding.severity}: {finding.headline}"
        for finding in new.report.findings
        if finding.location.path in new.files
    ]
    told += [f"{problem.location}: problem: {problem.message}" for problem in new.report.judged.problems]
    if told:
        lines += ["", "A check finds there now:", *(f"  {visible(text)}" for text in told)]
    return "\n".join([*lines, "", summary(new.report, style)]) + "\n"
