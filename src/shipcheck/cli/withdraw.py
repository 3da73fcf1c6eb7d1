"""What becomes of the reports of a check that ends before it has judged: none of an earlier run may remain in their place."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from shipcheck import __version__
from shipcheck.cli.output import show
from shipcheck.cli.outputs import OutputTarget, is_protected, parse_outputs
from shipcheck.errors import CannotJudgeError, ExitCode
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Counts, Inputs, Judged, Place, Report
from shipcheck.presence import exists, is_file
from shipcheck.report.formats import FORMATS

_COMMAND = "check"
# Formats that a program reads from standard output. Of the others, the message on standard error is the whole report.
_FOR_PROGRAMS = frozenset({"json", "sarif", "junit", "gitlab"})
# What the reports of one format or another contain, or are where they have nothing to say.
_MARKS = (b"shipcheck", b"<testsuites", b'"check_name"', b"##vso[")
_EMPTY = frozenset({b"", b"[]"})


def withdraw(arguments: Sequence[str], message: str, code: ExitCode, spared: Path | None = None) -> None:
    """Write every requested report of a check anew, with `message` as its problem, or remove the file.

    `arguments` are those of the command line, which may be wrong. A file that is not a report is left as it is, and `spared` too.
    """
    if list(arguments[:1]) != [_COMMAND]:
        return
    with suppress(click.ClickException):
        targets = _requested(arguments[1:])
        report = _unjudged(message, code) if code in {ExitCode.USAGE, ExitCode.NOT_JUDGED} else None
        for target in targets:
            if target.path is not None and target.path != spared:
                _replace(target.path, target.form, report)
        printed = [target.form for target in targets if target.path is None and target.form in _FOR_PROGRAMS]
        if report and printed:
            with suppress(CannotJudgeError):
                show(_COMMAND, report, printed[0])


def _requested(arguments: Sequence[str]) -> tuple[OutputTarget, ...]:
    """The reports that the arguments ask for, as far as they can be read."""
    found: dict[str, list[str]] = {"--format": [], "--output": []}
    for number, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name in found and (sign or arguments[number + 1 :]):
            found[name].append(value if sign else arguments[number + 1])
    form = found["--format"][-1] if found["--format"] else None
    return parse_outputs(form if form in FORMATS[_COMMAND] else None, tuple(found["--output"]))


def _unjudged(message: str, code: ExitCode) -> Report:
    """The report of a run that ended before it had judged anything."""
    from shipcheck.cli.options import today  # noqa: PLC0415 - only for a run that failed

    problem = Problem(whole_file(HEAD, "shipcheck.yaml"), "not-judged", message)
    inputs = Inputs("worktree", (), Counts(), {}, settings_invalid=code == ExitCode.USAGE)
    return Report(__version__, today(), Severity.ERROR, inputs, Judged(problems=(problem,)), Place(Path.cwd().name))


def _replace(path: Path, form: str, report: Report | None) -> None:
    """Write the report into the file, or remove it where that fails or there is no report."""
    with suppress(CannotJudgeError, OSError):
        if is_protected(path) or (exists(path) and not _is_report(path)):
            return
        try:
            if report is not None:
                show(_COMMAND, report, form, path=path)
                return
        except CannotJudgeError:
            pass
        path.unlink(missing_ok=True)


def _is_report(path: Path) -> bool:
    """Whether that is a regular file that can be a report of an earlier run."""
    if not is_file(path):
        return False
    content = path.read_bytes()
    return any(mark in content for mark in _MARKS) or content.strip() in _EMPTY
