"""`shipcheck waivers check`."""

from datetime import date
from pathlib import Path

from shipcheck.app.check import check
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, from_option, root_option
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import State

FAILING = frozenset({"ended", "outgrown", "unused"})


@declare(
    "waivers check",
    exits={
        ExitCode.PASS: "every waiver covers its finding, and every consent can be used",
        ExitCode.FAIL: "a waiver or a consent is expired, insufficient or unused",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed, or the terms of a waiver are not valid",
    },
    examples=("shipcheck waivers check", "shipcheck waivers check --from index"),
)
@root_option
@from_option()
@as_of_option
def command(*, root: Path | None, state: State | None, as_of: date | None) -> ExitCode:
    """Also lists waivers that expire within 30 days; they do not change the exit code."""
    with Bar() as progress:
        report = check(check_request(root, as_of, state), progress)
    if report.verdict == "incomplete":
        return stop_at_problems(report)
    show("waivers check", report)
    states = {judged.state for judged in report.judged.waivers} | {judged.state for judged in report.judged.consents}
    return ExitCode.FAIL if FAILING & states else ExitCode.PASS
