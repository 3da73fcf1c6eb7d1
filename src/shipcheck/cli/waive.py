"""`shipcheck waive`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.waive import WaiveRequest, Wanted, waive
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, base_option, root_option, terms_options
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.waive import WaivedFinding
from shipcheck.pipeline.editing import editing

MOST_WORDS = 3


@declare(
    "waive",
    exits={
        ExitCode.PASS: "the waiver is written",
        ExitCode.USAGE: "usage or settings error, or no finding or several match",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read or written",
    },
    examples=(
        "shipcheck waive owner-missing agent:triage --until 2027-01-31 --reason 'team is moving' --approver risk",
        "shipcheck waive core/ungated-sensitive-action triage pay --until 2027-01-31 --reason 'pilot' --approver risk",
        "shipcheck waive change-weakened 'agent:a[entry]' --base main --until 2027-01-31 --reason 'moved' --approver risk",
        "shipcheck waive 3f2a9c1b --until 2027-01-31 --reason 'pilot' --approver risk",
    ),
)
@click.argument("finding", nargs=-1, required=True)
@root_option
@terms_options(owner="Team responsible for the waiver. Default: the team that owns the subject of the finding.", required=False)
@click.option(
    "--up-to",
    type=click.Choice(["error", "warning"]),
    help="Highest severity to waive. If the finding becomes more severe, it is reported again. Default: its current severity.",
)
@base_option(
    required=False,
    text="Compare with this revision, as 'check' does. For a finding that this change introduces, consents are written.",
)
@as_of_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    finding: tuple[str, ...],
    root: Path | None,
    until: date,
    reason: str,
    approver: str,
    owner: str,
    up_to: str | None,
    base: str,
    as_of: date | None,
) -> ExitCode:
    """FINDING is a policy with a subject and, if there is one, a target; or the start of a fingerprint in the JSON report.

    Writes the waiver to .shipcheck/waivers.yaml. An expired waiver of the same finding is renewed. In a pull request a waiver is
    proposed: it takes effect once it is merged.

    With --base, what this change introduces gets a consent to each edit that it rests on instead: merge these first, and remove
    them in the change.
    """
    if len(finding) > MOST_WORDS:
        raise click.UsageError("FINDING is at most a policy, a subject and a target; quote a subject that contains spaces")
    limit = SEVERITIES[up_to] if up_to else None
    terms = Wanted(until, reason, approver, owner)
    with editing(root), Bar() as progress:
        report, waived, edits = waive(WaiveRequest(finding, check_request(root, as_of, base=base), terms, limit), progress)
    if waived is None:
        return stop_at_problems(report)
    show("waive", WaivedFinding(waived, until, edits))
    return ExitCode.PASS
