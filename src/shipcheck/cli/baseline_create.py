"""`shipcheck baseline create`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from shipcheck.app.baseline import create_baseline
from shipcheck.app.waive import Wanted
from shipcheck.cli.check import SEVERITIES
from shipcheck.cli.dates import AS_OF, day_option
from shipcheck.cli.output import write
from shipcheck.cli.progress import Bar
from shipcheck.cli.waivers_options import path_argument, request_of, tell_problems, terms_options
from shipcheck.english import counted
from shipcheck.sources.governance_files import WAIVERS


@click.command("create")
@path_argument()
@terms_options(owner="The team that answers for the whole list.", required=True)
@click.option(
    "--fail-on",
    type=click.Choice(list(SEVERITIES)),
    help="The least severity that is written down. Default: what fails the check by the settings, else error.",
)
@day_option(AS_OF)
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    path: Path | None,
    until: date,
    reason: str,
    approver: str,
    owner: str,
    fail_on: str | None,
    as_of: date | None,
) -> int:
    """Excuse every finding that fails today below PATH, or in the whole repository, in one list that can only shrink.

    From then on only new findings fail. A repository has one baseline; 'shipcheck baseline prune' takes out what is mended.
    """
    request = replace(request_of(path, as_of), fail_on=SEVERITIES[fail_on] if fail_on else None)
    with Bar() as progress:
        report, count = create_baseline(request, Wanted(until, reason, approver, owner), progress)
    if report.verdict == "incomplete":
        return tell_problems(report)
    lines = [f"{counted(count, 'finding')} excused until {until.isoformat()} in the baseline of {WAIVERS}"]
    if report.unlisted:
        lines.append(f"at least {report.unlisted} more are too many to list, and still fail")
    write("\n".join(lines) + "\n", None)
    return 0
