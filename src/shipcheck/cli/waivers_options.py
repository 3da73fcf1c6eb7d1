"""What the commands about waivers have in common."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from shipcheck.app.check import CheckRequest
from shipcheck.cli.check import exit_code
from shipcheck.cli.output import wants_color, write
from shipcheck.model.report import Report
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
DAY = click.DateTime(["%Y-%m-%d"])


def path_argument() -> Decorator:
    """The argument PATH."""
    return click.argument("path", required=False, type=click.Path(path_type=Path))


def day_option() -> Decorator:
    """The option `--as-of`."""
    return click.option("--as-of", type=DAY, help="The day on which to judge. Default: today, in UTC.")


def terms_options(*, owner: str, required: bool) -> Decorator:
    """The options that say who answers for a waiver, who approves it, why and until when."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--owner", default="", required=required, metavar="TEAM", help=owner),
            click.option("--approver", required=True, metavar="TEAM", help="The team that agrees; not the owner."),
            click.option("--reason", required=True, metavar="TEXT", help="Why it is excused."),
            click.option("--until", type=DAY, required=True, metavar="DATE", help="The last day on which it is, in UTC."),
        ):
            command = option(command)
        return command

    return decorate


def request_of(path: Path | None, as_of: datetime | None) -> CheckRequest:
    """A check of the files as they lie there, by all policies."""
    return CheckRequest(path, day_of(as_of))


def day_of(as_of: datetime | None) -> date:
    """The day given, else today."""
    return (as_of or datetime.now(UTC)).date()


def tell_problems(report: Report) -> int:
    """Print what stands in the way of a judgement; the exit code."""
    write(render_problems(report.problems, report.texts, Style(wants_color("auto", to_file=False))), None)
    return exit_code(report, exit_zero=False)
