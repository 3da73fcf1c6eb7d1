"""Problems with their excerpts."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from shipcheck.model.problem import Problem
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts, Mark
from shipcheck.report.style import Style

MOST_IN_FULL = 5
MOST_LINES = 20


def render_problems(problems: Iterable[Problem], texts: Mapping[tuple[str, str], bytes], style: Style) -> str:
    """Every problem in full, for commands that end at them."""
    return "\n\n".join(problem_blocks(problems, Excerpts(texts, style), style)) + "\n"


def problem_blocks(problems: Iterable[Problem], excerpts: Excerpts, style: Style) -> list[str]:
    """One block for each problem; many of one kind are shown in full at first, then a line each."""
    blocks: list[str] = []
    for _, same in groupby(sorted(problems, key=lambda problem: (problem.code, problem)), key=lambda problem: problem.code):
        found = list(same)
        full = found if len(found) <= MOST_IN_FULL + 1 else found[:MOST_IN_FULL]
        blocks += [problem_block(problem, excerpts, style) for problem in full]
        rest = [f"  {visible(str(problem.location))}: {visible(problem.message)}" for problem in found[len(full) :]]
        if rest:
            more = [] if len(rest) <= MOST_LINES else [f"  and {len(rest) - MOST_LINES} more; --format concise lists them all"]
            blocks.append("\n".join(["also of this kind:", *rest[:MOST_LINES], *more]))
    return blocks


def problem_block(problem: Problem, excerpts: Excerpts, style: Style) -> str:
    """One problem: what is wrong, where, and the other places involved."""
    message = style.paint("strong", visible(problem.message))
    head = f"{style.paint('problem', 'problem')}: {message}    {style.paint('faint', problem.code)}"
    marks = [Mark(problem.location, "", True, 1)]  # noqa: FBT003
    marks += [Mark(place, label, False) for place, label in problem.related]  # noqa: FBT003
    lines = excerpts.render(marks)
    return "\n".join([head, "", *lines] if lines else [head])
