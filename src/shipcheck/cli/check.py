"""`shipcheck check`."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from shipcheck.app.check import CheckRequest, check
from shipcheck.cli.declare import declare
from shipcheck.cli.deliver import deliver
from shipcheck.cli.options import (
    as_of_option,
    color_option,
    fail_on_option,
    from_option,
    policies_option,
    root_option,
    today,
)
from shipcheck.cli.outputs import parse_outputs
from shipcheck.cli.place import place_of
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.model.policy import SEVERITIES
from shipcheck.pipeline.state import State
from shipcheck.report.formats import FORMATS


@declare(
    "check",
    exits={
        ExitCode.PASS: "no findings at or above --fail-on; every manifest was read and every policy evaluated",
        ExitCode.FAIL: "findings at or above --fail-on",
        ExitCode.NOT_JUDGED: "not judged: a manifest or policy is malformed or unreadable, nothing is declared, PATH has no "
        "manifest of the root, or the settings do not list --root",
    },
    examples=(
        "shipcheck check",
        "shipcheck check services/refunds",
        "shipcheck check --from index",
        "shipcheck check --base origin/main --output sarif=shipcheck.sarif",
    ),
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS["check"])),
    help="Output format. Default: text; in GitHub Actions and GitLab CI also the format that the service shows.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Also write a report in this format to FILE. Without FORMAT=, write the report to FILE instead of standard output. "
    "Repeat for several.",
)
@from_option("worktree; with --base, HEAD")
@click.option(
    "--base",
    metavar="REVISION|auto",
    help="Compare with this branch or commit (auto: detect it in CI). Its settings and policies take precedence.",
)
@policies_option
@fail_on_option
@click.option("--full", is_flag=True, help="Show every finding in full, not only those that matter most.")
@click.option("--by-control", is_flag=True, help="Also show the state of each control that the policies in use map to.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings. The report does not change.")
@as_of_option
@color_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    path: Path | None,
    root: Path | None,
    form: str | None,
    outputs: tuple[str, ...],
    state: State | None,
    base: str | None,
    policies: tuple[str, ...],
    fail_on: str | None,
    full: bool,
    by_control: bool,
    exit_zero: bool,
    as_of: date | None,
    color: str,
) -> ExitCode:
    """The report opens with the verdict, the causes of all findings and what to do first.

    Below are the findings that matter most, each with its path through the graph, its source lines and a fix: those that
    fail the check, or with --base the new ones. --full shows them all.

    Everything is judged. With PATH, a folder or a manifest of the repository, only the findings that touch it, and those that a
    change introduces, are shown and count for the exit code.
    """
    targets = parse_outputs(form, outputs)
    _refuse_contradictions(base, as_of)
    root, only = place_of(path, root)
    limit = SEVERITIES[fail_on] if fail_on else None
    address = any(target.form == "sarif" for target in targets)
    files = tuple(target.path for target in targets if target.path is not None and not target.automatic)
    revision, whole, own = _base(base, root)
    request = CheckRequest(root, as_of or today(), policies, limit, state, revision, address, by_control, own, files, only)
    with Bar() as progress:
        report = replace(check(request, progress), exit_zero=exit_zero, whole=whole, full=full)
    deliver(report, targets, color)
    return report.exit_code


def _base(base: str | None, root: Path | None) -> tuple[str, str, frozenset[str] | None]:
    """The revision to compare with, the default branch whose run has none, and the commits that cannot be it."""
    if not base:
        return "", "", None
    from shipcheck.cli.ci_base import base_of  # noqa: PLC0415 - only with a base

    return base_of(base, os.environ, root or Path())


def _refuse_contradictions(base: str | None, as_of: date | None) -> None:
    if as_of and base is not None:
        raise click.UsageError("--as-of and --base cannot be used together: a comparison with a base always uses today's date")
    if base == "":
        raise click.UsageError("--base is empty; name a branch or a commit, or omit it")
