"""`shipcheck baseline create`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from shipcheck.app.baseline import create_baseline
from shipcheck.app.waive import Wanted
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, fail_on_option, root_option, terms_options
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.waive import NewBaseline
from shipcheck.pipeline.editing import editing


@declare(
    "baseline create",
    exits={
        ExitCode.PASS: "the baseline is written",
        ExitCode.USAGE: "usage or settings error, there is a baseline already, nothing fails, or more fails than can be listed",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read or written",
    },
    examples=("shipcheck baseline create --until 2027-05-31 --reason 'found at adoption' --owner payables --approver risk",),
)
@root_option
@terms_options(owner="Team responsible for the baseline.", required=True)
@fail_on_option
@as_of_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    root: Path | None,
    until: date,
    reason: str,
    approver: str,
    owner: str,
    fail_on: str | None,
    as_of: date | None,
) -> ExitCode:
    """From then on only new findings fail.

    A repository has one baseline: 'shipcheck baseline prune' removes what is fixed, and only 'shipcheck baseline extend' adds to
    it.
    """
    request = replace(check_request(root, as_of), fail_on=SEVERITIES[fail_on] if fail_on else None)
    with editing(root), Bar() as progress:
        report, count = create_baseline(request, Wanted(until, reason, approver, owner), progress)
    if report.verdict == "incomplete":
        return stop_at_problems(report)
    show("baseline create", NewBaseline(count, until))
    return ExitCode.PASS
