"""Annotations on a pull request, as workflow commands of GitHub Actions.

GitHub shows ten annotations of each level for a step and drops the rest without notice. shipcheck writes no more than that, those
on changed files first, and says in a notice how many are left out. The summary of the job, which is the `markdown` page, has all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.english import counted, listed
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.report.check.changes import change_count
from shipcheck.report.check.details import beyond_lists, lines, outside_lines, shown
from shipcheck.report.encode import github_data, github_property
from shipcheck.report.style import PLAIN, Style

# GitHub shows this many annotations of each level for a step, and drops the others without a word.
MOST_OF_A_LEVEL = 10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class _Annotation(NamedTuple):
    level: str
    place: Location
    title: str
    message: tuple[str, ...]


def render(report: Report, _style: Style = PLAIN) -> str:
    """A workflow command for each problem and finding, changed files first; what GitHub would drop is counted instead."""
    every_annotation = list(_annotations(report))
    every_annotation.sort(key=lambda annotation: report.path(annotation.place) not in report.place.changed)
    kept: dict[str, list[_Annotation]] = {level: [] for level in _LEVELS.values()}
    for annotation in every_annotation:
        kept[annotation.level].append(annotation)
    # What changed, what is outside of PATH and what is left out are said in notices, which take places themselves.
    notes = [note for note in (change_count(report), *outside_lines(report)[:1]) if note]
    most_of_all = {level: MOST_OF_A_LEVEL - len(notes) * (level == "notice") for level in kept}
    cut = any(len(annotations) > most_of_all[level] for level, annotations in kept.items())
    left = []
    for level, annotations in kept.items():
        most = most_of_all[level] - (cut and level == "notice")
        if len(annotations) > most:
            left.append(counted(len(annotations) - most, level))
            del annotations[most:]
    commands = [_command(report, annotation) for annotations in kept.values() for annotation in annotations]
    notes += [_note(left)] if left else []
    commands += [f"::notice title=shipcheck::{github_data(note)}" for note in notes]
    return "".join(f"{command}\n" for command in commands)


def _note(left: list[str]) -> str:
    return f"{listed(left, 'and')} not shown: GitHub shows {MOST_OF_A_LEVEL} of each level for a step; the job summary lists all"


def _annotations(report: Report) -> Iterator[_Annotation]:
    for problem in report.judged.problems:
        yield _Annotation("error", problem.location, f"shipcheck: {problem.code}", (problem.message,))
    for finding in shown(report):
        message = (finding.headline, *lines(report, finding))
        yield _Annotation(_LEVELS[finding.severity], finding.location, finding.policy, message)
    for rest in beyond_lists(report):
        yield _Annotation(_LEVELS[rest.severity], rest.location, rest.policy, (rest.text,))


def _command(report: Report, annotation: _Annotation) -> str:
    """One command. It names where the place starts alone: GitHub misplaces what spans lines or ends a file."""
    place = annotation.place
    properties = {
        "file": report.path(place),
        "line": str(place.line or 1),
        "col": str(place.column or 1),
        "title": annotation.title,
    }
    written = ",".join(f"{key}={github_property(value)}" for key, value in properties.items())
    return f"::{annotation.level} {written}::{github_data(*annotation.message)}"
