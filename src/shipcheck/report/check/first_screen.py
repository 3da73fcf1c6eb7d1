"""The first screen at a terminal: the verdict and what it rests on, the causes, the most severe findings, what to do first."""

from collections import Counter
from typing import NamedTuple

from shipcheck.english import counted, listed
from shipcheck.model.location import Location
from shipcheck.model.report import Report
from shipcheck.model.screen import Step
from shipcheck.report.check.cause_lines import is_old, shortened, told, word_of
from shipcheck.report.check.changes import change_lead, counted_changes
from shipcheck.report.check.summary import opening
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

MOST_CAUSES = 7
MOST_SEVERE = 3
MOST_PROBLEMS = 5


class Line(NamedTuple):
    """One line of a section: a word, such as a severity, a text, and where that is; none of them is encoded."""

    word: str
    text: str
    place: Location | None = None


class Section(NamedTuple):
    """A title with lines below it."""

    title: str
    lines: list[Line]


def screen_lines(report: Report, style: Style) -> list[str]:
    """At most 25 lines."""
    lead = " ".join(change_lead(report))
    lines = [*opening(report, style), *([lead] if lead else []), *counted_changes(report)]
    for section in sections(report):
        lines += ["", style.paint("strong", section.title)]
        width = max(len(line.word) for line in section.lines)
        lines += [f"  {_painted(line.word, width, style)}{visible(line.text)}{_at(line.place)}" for line in section.lines]
    steps = [visible(step) for step in first_steps(report)]
    return [*lines, "", *steps] if steps else lines


def sections(report: Report) -> list[Section]:
    """The causes and the most severe findings, whose words all reports for people share."""
    screen = report.screen
    problems = [_problems(report)] if len(report.judged.problems) > MOST_PROBLEMS else []
    if not screen.causes:
        return problems
    heads = [cause.head for cause in screen.causes[:MOST_SEVERE] if cause.alike == 1]
    told = all(finding in heads for finding in screen.most_severe)
    return [*problems, _causes(report), *([] if told else [_most_severe(report)])]


def _problems(report: Report) -> Section:
    counts = Counter(problem.code for problem in report.judged.problems)
    lines = [Line("problem", shortened(problem.message), problem.location) for problem in report.judged.problems[:MOST_PROBLEMS]]
    return Section(f"By kind: {listed([f'{count} {code}' for code, count in counts.most_common(MOST_CAUSES)], 'and')}", lines)


def _causes(report: Report) -> Section:
    causes = report.screen.causes
    shown = causes if len(causes) <= MOST_CAUSES else causes[: MOST_CAUSES - 1]
    lines = [Line(word_of(cause), told(cause), cause.head.location) for cause in shown]
    if len(shown) < len(causes):
        lines.append(Line("", f"and {counted(len(causes) - len(shown), 'more cause')}, listed below"))
    fresh = sum(not is_old(cause) for cause in causes)
    new = f", {_share(fresh, len(causes))} new" if report.inputs.against is not None else ""
    findings = sum(len(cause.findings) for cause in causes)
    full = f"; --full shows all {findings} findings" if findings > 1 and not report.full else ""
    return Section(f"{counted(len(causes), 'cause')}{new}{full}", lines)


def _share(part: int, whole: int) -> str:
    """`2 of them`, or the word for all of them or none; one alone is `which is`."""
    if 0 < part < whole:
        return f"{part} of them"
    return "none" if not part else "all of them" if whole > 1 else "which is"


def _most_severe(report: Report) -> Section:
    lines = [
        Line(
            f"new {finding.severity}" if finding.change == "introduced" else str(finding.severity),
            shortened(finding.headline),
            finding.location,
        )
        for finding in report.screen.most_severe
    ]
    return Section("Most severe", lines)


def first_steps(report: Report) -> list[str]:
    """What to do first, and what the check fails for first where that is something else."""
    screen = report.screen
    steps = (("First", screen.first), ("To pass", screen.to_pass))
    return [f"{word}: {_step(step)}" for word, step in steps if step is not None and step.text]


def _step(step: Step) -> str:
    depend = f"; {step.findings} findings depend on it" if step.findings > 1 else ""
    return f"{shortened(step.text[:1].lower() + step.text[1:])}{depend}"


def _painted(word: str, width: int, style: Style) -> str:
    return f"{style.paint(word.removeprefix('new '), word)}{' ' * (width - len(word))}  " if word else ""


def _at(place: Location | None) -> str:
    return f" ({visible(place.spot)})" if place is not None else ""
