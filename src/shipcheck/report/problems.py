"""Problems with their excerpts."""

from collections.abc import Iterable, Mapping

from shipcheck.model.problem import Problem
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts, Mark
from shipcheck.report.style import Style


def render_problems(problems: Iterable[Problem], texts: Mapping[tuple[str, str], bytes], style: Style) -> str:
    """Every problem in full, for commands that end at them."""
    excerpts = Excerpts(texts, style)
    return "\n\n".join(problem_block(problem, excerpts, style) for problem in problems) + "\n"


def problem_block(problem: Problem, excerpts: Excerpts, style: Style) -> str:
    """One problem: what is wrong, where, and the other places involved."""
    message = style.paint("strong", visible(problem.message))
    head = f"{style.paint('problem', 'problem')}: {message}    {style.paint('faint', problem.code)}"
    marks = [Mark(problem.location, "", True, 1)]  # noqa: FBT003
    marks += [Mark(place, label, False) for place, label in problem.related]  # noqa: FBT003
    return "\n".join([head, "", *excerpts.render(marks)])
