"""`shipcheck waivers list`."""

from datetime import date
from pathlib import Path

from shipcheck.app.check import check
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, format_option, from_option, root_option
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import State


@declare(
    "waivers list",
    exits={
        ExitCode.PASS: "the waivers are listed",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read",
    },
    examples=("shipcheck waivers list", "shipcheck waivers list --format json"),
)
@root_option
@format_option("waivers list")
@from_option()
@as_of_option
def command(*, root: Path | None, form: str, state: State | None, as_of: date | None) -> ExitCode:
    """The repository is checked first, since the state of a waiver depends on whether its finding is still there."""
    with Bar() as progress:
        report = check(check_request(root, as_of, state), progress)
    if report.verdict == "incomplete":
        return stop_at_problems(report, form)
    show("waivers list", report, form)
    return ExitCode.PASS
