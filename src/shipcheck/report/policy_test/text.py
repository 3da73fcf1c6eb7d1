"""The results of policy tests as text."""

from collections.abc import Iterable, Iterator

from shipcheck.english import counted
from shipcheck.model.policy_test import Failure, PackResult, Tally, UnitResult
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style

MOST_SHOWN = 50


def render(results: Iterable[PackResult], style: Style = PLAIN) -> str:
    """Each pack: a line for each policy with its failures below it, and a line that sums them up."""
    blocks = [block for result in results for block in _pack(result, style)]
    return "\n".join(blocks) + "\n"


def _pack(result: PackResult, style: Style) -> Iterator[str]:
    if result.problems:
        yield "\n\n".join(problem_blocks(result.problems, Excerpts(result.texts, style), style))
        yield ""
        count = counted(len(result.problems), "problem")
        yield f"{visible(result.pack)}: {style.paint('problem', 'not tested')}, {count}"
        return
    width = max((len(visible(unit.name)) for unit in result.units), default=0)
    for unit in result.units:
        yield _unit(result, unit, width, style)
        yield from _failures(unit.failures, style)
    yield ""
    yield _summary(result, style)


def _unit(result: PackResult, unit: UnitResult, width: int, style: Style) -> str:
    mark = style.paint("error", "fail") if unit.failures else style.paint("good", "pass")
    parts = [counted(len(unit.cases), "case")] if unit.cases or not unit.name.startswith("select ") else []
    if result.covered:
        parts.append(f"{unit.clauses.good}/{unit.clauses.total} clauses")
    if result.mutated:
        parts.append(f"{unit.mutants.good}/{unit.mutants.total} mutants")
        if unit.equivalents:
            parts.append(f"{unit.equivalents} equivalent")
    return f"{mark}  {visible(unit.name):{width}}  {', '.join(parts)}"


def _failures(failures: tuple[Failure, ...], style: Style) -> Iterator[str]:
    for failure in failures[:MOST_SHOWN]:
        yield f"      {visible(str(failure.location))}"
        case = f"case '{visible(failure.case)}': " if failure.case else ""
        yield f"        {case}{style.paint('strong', visible(failure.message))}"
        yield from (f"          {style.paint('good', '- expected')}  {visible(text)}" for text in failure.expected)
        yield from (f"          {style.paint('error', '+ got')}       {visible(text)}" for text in failure.actual)
    if len(failures) > MOST_SHOWN:
        yield f"      and {len(failures) - MOST_SHOWN} more; --format json lists them all"


def _summary(result: PackResult, style: Style) -> str:
    clauses, mutants = total(unit.clauses for unit in result.units), total(unit.mutants for unit in result.units)
    policies = sum(not unit.name.startswith("select ") for unit in result.units)
    equal = sum(unit.equivalents for unit in result.units)
    parts = [counted(policies, "policy", "policies"), counted(result.cases, "case")]
    parts.append(f"{clauses.good} of {clauses.total} clauses covered" if result.covered else "clauses not measured")
    equivalent = f", {equal} equivalent" if equal else ""
    parts.append(f"{mutants.good} of {mutants.total} mutants killed{equivalent}" if result.mutated else "no mutants tested")
    verdict = style.paint("error", counted(len(result.failures), "failure")) if result.failures else style.paint("good", "pass")
    return f"{visible(result.pack)} {visible(result.version)}: {verdict}: {', '.join(parts)}"


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    listed = list(tallies)
    return Tally(sum(tally.total for tally in listed), sum(tally.good for tally in listed))
