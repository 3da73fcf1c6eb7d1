"""Problems with their excerpts."""

from collections import Counter
from collections.abc import Iterable

from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts, Mark
from shipcheck.report.style import Style

MOST_IN_FULL = 5
MOST_LINES = 20


def render_problems(problems: Iterable[Problem], texts: Texts, style: Style) -> str:
    """Every problem in full, for commands that stop at problems."""
    return "\n\n".join(problem_blocks(problems, Excerpts(texts, style), style)) + "\n"


def problem_blocks(problems: Iterable[Problem], excerpts: Excerpts, style: Style, word: str = "problem") -> list[str]:
    """One block for each problem, by place; if there are many with one code, the first in full and the others on a line each.

    `word` is what they are to the reader: problem, warning or error.
    """
    ordered = sorted(problems)
    counts = Counter(problem.code for problem in ordered)
    shown: Counter[str] = Counter()
    blocks: list[str] = []
    rest: list[Problem] = []
    for problem in ordered:
        shown[problem.code] += 1
        if counts[problem.code] > MOST_IN_FULL + 1 and shown[problem.code] > MOST_IN_FULL:
            rest.append(problem)
        else:
            blocks.append(problem_block(problem, excerpts, style, word))
    return [*blocks, _listed(rest)] if rest else blocks


def _listed(problems: list[Problem]) -> str:
    lines = [f"  {visible(str(problem.location))}: {visible(problem.message)}" for problem in problems[:MOST_LINES]]
    left = len(problems) - len(lines)
    more = [f"  and {left} more; --format concise lists them all"] if left else []
    return "\n".join(["more of the same kind:", *lines, *more])


def problem_block(problem: Problem, excerpts: Excerpts, style: Style, word: str = "problem") -> str:
    """One problem: what is wrong, where, and the other places involved."""
    head = style.head(word, word, problem.message, problem.code)
    marks = [Mark(problem.location, "", True, 1)]  # noqa: FBT003
    marks += [Mark(place, label, False) for place, label in problem.related]  # noqa: FBT003
    lines = excerpts.render(marks)
    return "\n".join([head, "", *lines] if lines else [head])
