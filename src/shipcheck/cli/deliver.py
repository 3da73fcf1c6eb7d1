"""The reports of a check, rendered and written."""

from pathlib import Path

import click

from shipcheck.cli.output import append, replace_in_place, wants_color, write
from shipcheck.cli.outputs import OutputTarget, job_summary
from shipcheck.errors import CannotJudgeError
from shipcheck.model.report import Report
from shipcheck.presence import exists
from shipcheck.report.formats import render
from shipcheck.report.style import Style


def deliver(report: Report, targets: tuple[OutputTarget, ...], color: str) -> None:
    """Write every report: all of them are rendered first, then files are written, then standard output.

    Raises:
        CannotJudgeError: one that the user asked for cannot be written.
    """
    rendered = [(target, _render(report, target, color)) for target in targets]
    for target, text in rendered:
        if target.path is not None:
            _write_file(target, target.path, text)
    if any(target.form == "github" for target in targets):
        _summarize(report)
    printed = [text for target, text in rendered if target.path is None]
    if printed:
        write("".join(printed), None)


def _render(report: Report, target: OutputTarget, color: str) -> str:
    return render("check", target.form, report, Style(wants_color(color, to_file=target.path is not None)))


def _write_file(target: OutputTarget, path: Path, text: str) -> None:
    if not target.automatic:
        write(text, path)
        return
    try:
        # The repository may be a stranger's: a link that is there already is replaced, never followed.
        replace_in_place(text, path)
    except CannotJudgeError as error:
        _warn(error)


def _summarize(report: Report) -> None:
    """Add to the summary of the job what GitHub still takes; where that fails, the verdict is not changed."""
    from shipcheck.report.check.markdown import SUMMARY_BYTES, render_page  # noqa: PLC0415 - loaded when it is needed

    path = job_summary()
    if path is None:
        return
    try:
        room = SUMMARY_BYTES - (path.stat().st_size if exists(path) else 0)
        append(render_page(report, room) if room > 0 else "", path)
    except (CannotJudgeError, OSError) as error:
        _warn(error)


def _warn(error: Exception) -> None:
    click.echo(f"shipcheck: warning: {error}; the verdict is not affected", err=True)
