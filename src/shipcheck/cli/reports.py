"""What the commands about waivers do with the report of a check."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.check import CheckRequest
from shipcheck.cli.options import today
from shipcheck.cli.output import show_problems
from shipcheck.errors import ExitCode
from shipcheck.model.report import Report
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.report.formats import TEXT


def check_request(root: Path | None, as_of: date | None, state: State | None = None, base: str = "") -> CheckRequest:
    """A check by all policies; of the files on disk unless another state is named.

    Raises:
        UsageError: a date is given with a base.
    """
    if base and as_of:
        raise click.UsageError("--as-of and --base cannot be used together: a comparison with a base always uses today's date")
    return CheckRequest(root, as_of or today(), state=state or (WORKTREE if base else None), base=base)


def stop_at_problems(report: Report, form: str = TEXT) -> ExitCode:
    """Print the problems of an incomplete report; its exit code."""
    return show_problems(report.judged.problems, report.inputs.texts, settings_invalid=report.inputs.settings_invalid, form=form)
