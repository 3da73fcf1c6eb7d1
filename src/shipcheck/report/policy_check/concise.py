"""The problems and warnings in packs, each on one line."""

from shipcheck.model.policy_check import PackCheck
from shipcheck.report.policy_check.summary import summary
from shipcheck.report.style import PLAIN, Style


def render(check: PackCheck, style: Style = PLAIN) -> str:
    """`path:line:column: problem CODE: message`, then what was checked."""
    lines = [style.line(problem.location, "problem", problem.code, problem.message) for problem in check.problems]
    lines += [style.line(warning.location, "warning", warning.code, warning.message) for warning in check.warnings]
    return "\n".join([*lines, summary(check, style)]) + "\n"
