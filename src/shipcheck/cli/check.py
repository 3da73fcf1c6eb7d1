"""`shipcheck check`."""

import os
from datetime import date
from pathlib import Path

import click

from shipcheck.app.check import CheckRequest, check
from shipcheck.cli.ci_base import base_of
from shipcheck.cli.dates import day_option, today
from shipcheck.cli.deliver import deliver
from shipcheck.cli.formats import FORMATS
from shipcheck.cli.outputs import wishes
from shipcheck.cli.progress import Bar
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report

SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="How the report is written. Default: text, and in GitHub Actions and GitLab CI what these show besides.",
)
@from_option("worktree; with --base, HEAD")
@click.option(
    "--base",
    metavar="REVISION|auto",
    help="What this is to be merged into, as the branch or commit, or as the CI server says: its settings and policies decide.",
)
@click.option("--policy", "policies", multiple=True, metavar="POLICY", help="Judge only this policy; may be given several times.")
@click.option(
    "--fail-on",
    type=click.Choice(list(SEVERITIES)),
    help="The least severity that fails the check. Default: what the settings say, else error.",
)
@click.option("--by-control", is_flag=True, help="Show besides how each control stands that a policy in use maps to.")
@click.option("--exit-zero", is_flag=True, help="Leave with 0 where findings would give 1; nothing else changes.")
@day_option("The day on which to judge.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether to colour the report.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Write a report in this format to this file too; may be given several times. Without FORMAT: the report itself, "
    "instead of to standard output.",
)
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    path: Path | None,
    form: str | None,
    state: str | None,
    base: str | None,
    policies: tuple[str, ...],
    fail_on: str | None,
    by_control: bool,  # noqa: FBT001 - click passes options by name
    exit_zero: bool,  # noqa: FBT001 - as above
    as_of: date | None,
    color: str,
    outputs: tuple[str, ...],
) -> int:
    """Judge the manifests below PATH, or of the whole repository, by its policies.

    \b
    Exit codes:
      0  clean and complete: every manifest read, every policy judged
      1  findings at or above --fail-on
      2  the command or the settings are wrong
      3  not judged: a manifest or policy is malformed or unreadable, or there is none
      4  shipcheck's own fault
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    wanted = wishes(form, outputs)
    if as_of and base is not None:
        raise click.UsageError(
            "--as-of does not go with --base: that day is for tests and replays, a base for what is to be merged"
        )
    if base == "":
        raise click.UsageError("--base is empty; name a branch or a commit, or leave it out")
    day = as_of or today()
    limit = SEVERITIES[fail_on] if fail_on else None
    address = any(wish.form == "sarif" for wish in wanted)
    request = CheckRequest(path, day, policies, limit, state_of(state), base_of(base, os.environ), address, by_control)
    with Bar() as progress:
        report = check(request, progress)
    code = exit_code(report, exit_zero=exit_zero)
    deliver(report, code, wanted, color)
    return code


def exit_code(report: Report, *, exit_zero: bool) -> int:
    """The exit code of a run: that of its report, but for findings that are to change nothing."""
    return 0 if report.verdict == "fail" and exit_zero else report.exit_code
