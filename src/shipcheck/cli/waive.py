"""`shipcheck waive`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.waive import WaiveRequest, Wanted, waive
from shipcheck.cli.check import SEVERITIES
from shipcheck.cli.dates import AS_OF, day_option
from shipcheck.cli.output import write
from shipcheck.cli.progress import Bar
from shipcheck.cli.waivers_options import request_of, tell_problems, terms_options
from shipcheck.report.encode import visible
from shipcheck.sources.governance_files import WAIVERS

MOST_WORDS = 3


@click.command("waive")
@click.argument("finding", nargs=-1, required=True)
@terms_options(owner="The team that answers for it. Default: the one that owns what the finding is about.", required=False)
@click.option(
    "--up-to",
    type=click.Choice(["error", "warning"]),
    help="The gravest that is excused; where the finding gets graver, it is live again. Default: as grave as it is.",
)
@click.option(
    "--path", type=click.Path(path_type=Path), help="The folder that is judged. Default: the top of the repository, else here."
)
@day_option(AS_OF)
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    finding: tuple[str, ...],
    until: date,
    reason: str,
    approver: str,
    owner: str,
    up_to: str | None,
    path: Path | None,
    as_of: date | None,
) -> int:
    """Excuse one FINDING for a time, in .shipcheck/waivers.yaml.

    FINDING is a policy with a subject and, where there is one, a target; or the beginning of a fingerprint, which the JSON report
    has:

    \b
      shipcheck waive owner-missing agent:triage ...
      shipcheck waive core/ungated-sensitive-action triage pay ...
      shipcheck waive 3f2a9c1b ...

    A waiver whose day is past gets the new terms. In a pull request a waiver is proposed, and counts once it is merged.
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    if len(finding) > MOST_WORDS:
        raise click.UsageError("FINDING is a policy, a subject and a target at most; put quotes around a subject with spaces")
    limit = SEVERITIES[up_to] if up_to else None
    terms = Wanted(until, reason, approver, owner)
    with Bar() as progress:
        report, found = waive(WaiveRequest(finding, request_of(path, as_of), terms, limit), progress)
    if found is None:
        return tell_problems(report)
    day = until.isoformat()
    write(f"waived until {day} in {WAIVERS}: {visible(found.headline)}    {found.policy}\n", None)
    return 0
