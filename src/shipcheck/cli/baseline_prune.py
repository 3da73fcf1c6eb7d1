"""`shipcheck baseline prune`."""

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
    "baseline prune",
    exits={
        ExitCode.PASS: "the fixed findings are removed, or there are none",
        ExitCode.NOT_JUDGED: "not judged: a file is malformed or cannot be read or written",
    },
    examples=("shipcheck baseline prune",),
)
@root_option
@as_of_option
def command(*, root: Path | None, as_of: date | None) -> ExitCode:
    """Removes the entries of the baseline that match no finding."""
    with editing(root), Bar() as progress:
        report, gone = prune(check_request(root, as_of), baseline=True, progress=progress)
    if report.verdict == "incomplete":
        return stop_at_problems(report)
    show("baseline prune", gone)
    return ExitCode.PASS
