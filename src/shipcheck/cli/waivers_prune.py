"""`shipcheck waivers prune`."""

from datetime import date
from pathlib import Path

from shipcheck.app.baseline import prune
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, root_option
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.cli.reports import check_request, stop_at_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.editing import editing


@declare(
    "waivers prune",
    exits={
        ExitCode.PASS: "the unused waivers are removed, or there are none",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read or written",
    },
    examples=("shipcheck waivers prune",),
)
@root_option
@as_of_option
def command(*, root: Path | None, as_of: date | None) -> ExitCode:
    """Removes waivers that match no finding. Unused entries of the baseline are left to 'shipcheck baseline prune'."""
    with editing(root), Bar() as progress:
        report, gone = prune(check_request(root, as_of), baseline=False, progress=progress)
    if report.verdict == "incomplete":
        return stop_at_problems(report)
    show("waivers prune", gone)
    return ExitCode.PASS
