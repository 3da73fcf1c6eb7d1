"""`shipcheck baseline extend`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from shipcheck.app.baseline import extend_baseline
from shipcheck.app.waive import Wanted
from shipcheck.cli.declare import declare
from shipcheck.cli.options import base_option, fail_on_option, root_option, terms_options
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.model.policy import SEVERITIES
from shipcheck.pipeline.editing import editing


@declare(
    "baseline extend",
    exits={
        ExitCode.PASS: "the findings are waived",
        ExitCode.USAGE: "usage or settings error, nothing is announced that fails, or more fails than can be listed",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read or written",
    },
    examples=("shipcheck baseline extend --base main --until 2027-05-31 --reason 'acme 2.0' --owner payables --approver risk",),
)
@root_option
@base_option(required=True, text="Branch that this change will be merged into.")
@terms_options(owner="Team responsible for the findings.", required=True)
@fail_on_option
def command(  # noqa: PLR0913 - one argument for each option
    *, root: Path | None, base: str, until: date, reason: str, approver: str, owner: str, fail_on: str | None
) -> ExitCode:
    """For a change that tightens rules, such as a new version of a pack: what only the new rules find in the base is announced.

    Its waivers count in the same change. They are added to the baseline; if that has other terms, they are waivers of their own.
    """
    request = replace(check_request(root, None, base=base), fail_on=SEVERITIES[fail_on] if fail_on else None)
    with editing(root), Bar() as progress:
        report, new = extend_baseline(request, Wanted(until, reason, approver, owner), progress)
    if new is None:
        return stop_at_problems(report)
    show("baseline extend", new)
    return ExitCode.PASS
