"""What the commands about waivers have in common."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from shipcheck.app.check import CheckRequest
from shipcheck.cli.check import exit_code
from shipcheck.cli.dates import today, until_option
from shipcheck.cli.output import wants_color, write
from shipcheck.model.report import Report
from shipcheck.pipeline.state import State
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def path_argument() -> Decorator:
    """The argument PATH."""
    return click.argument("path", required=False, type=click.Path(path_type=Path))


def terms_options(*, owner: str, required: bool) -> Decorator:
    """The options that say who answers for a waiver, who approves it, why and until when."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--owner", default="", required=required, metavar="TEAM", help=owner),
            click.option("--approver", required=True, metavar="TEAM", help="The team that agrees; not the owner."),
            click.option("--reason", required=True, metavar="TEXT", help="Why it is excused."),
            until_option("The last day on which it is, in UTC."),
        ):
            command = option(command)
        return command

    return decorate


def request_of(path: Path | None, as_of: date | None, state: State | None = None) -> CheckRequest:
    """A check by all policies, of the files as they lie there where no other state is asked for."""
    return CheckRequest(path, as_of or today(), state=state)


def tell_problems(report: Report) -> int:
    """Print what stands in the way of a judgement; the exit code."""
    write(render_problems(report.judged.problems, report.inputs.texts, Style(wants_color("auto", to_file=False))), None)
    return exit_code(report, exit_zero=False)
