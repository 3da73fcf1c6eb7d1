"""The problems and warnings in packs, each with its source."""

from shipcheck.model.policy_check import PackCheck
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.policy_check.summary import summary
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style


def render(check: PackCheck, style: Style = PLAIN) -> str:
    """Every problem and every warning with its excerpt, then what costs more than one pass, then what was checked."""
    excerpts = Excerpts(check.texts, style)
    pieces = problem_blocks(check.problems, excerpts, style)
    pieces += problem_blocks(check.warnings, excerpts, style, "warning")
    expensive = [(name, cost) for pack in check.packs for name, cost in pack.costs if cost.kind != "linear"]
    if expensive:
        pieces.append(
            "\n".join([style.paint("strong", "cost"), *(f"  {visible(name)}: {cost.shown}" for name, cost in expensive)])
        )
    return "\n\n".join([*pieces, summary(check, style)]) + "\n"
