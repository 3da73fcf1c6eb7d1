"""The reports of a check, rendered and written."""

from pathlib import Path

import click

from shipcheck.cli.formats import FORMATS
from shipcheck.cli.output import append, replace_in_place, wants_color, write
from shipcheck.cli.outputs import Wish, job_summary
from shipcheck.errors import CannotJudgeError
from shipcheck.model.report import Report
from shipcheck.report.style import Style


def deliver(report: Report, code: int, wanted: tuple[Wish, ...], color: str) -> None:
    """Write every report that is wanted: all of them are rendered first, then files are written, then standard output.

    Raises:
        CannotJudgeError: one that was asked for cannot be written.
    """
    rendered = [(wish, _render(report, code, wish, color)) for wish in wanted]
    for wish, text in rendered:
        if wish.path is not None:
            _write_file(wish, wish.path, text)
    if any(wish.form == "github" for wish in wanted):
        _summarize(report)
    printed = [text for wish, text in rendered if wish.path is None]
    if printed:
        write("".join(printed), None)


def _render(report: Report, code: int, wish: Wish, color: str) -> str:
    return FORMATS[wish.form](report, code, Style(wants_color(color, to_file=wish.path is not None)))


def _write_file(wish: Wish, path: Path, text: str) -> None:
    if not wish.automatic:
        write(text, path)
        return
    try:
        # The repository may be a stranger's: a link that lies there already is replaced, never followed.
        replace_in_place(text, path)
    except CannotJudgeError as error:
        _complain(error)


def _summarize(report: Report) -> None:
    """Add to the summary of the job what GitHub still takes; where that fails, the verdict stands."""
    from shipcheck.report.check.markdown import SUMMARY_BYTES, render_markdown  # noqa: PLC0415 - loaded when asked for

    path = job_summary()
    if path is None:
        return
    try:
        room = SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0)
        append(render_markdown(report, room) if room > 0 else "", path)
    except (CannotJudgeError, OSError) as error:
        _complain(error)


def _complain(error: Exception) -> None:
    click.echo(f"shipcheck: {error}; the verdict stands", err=True)
