"""`shipcheck waivers prune`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.baseline import prune
from shipcheck.cli.dates import AS_OF, day_option
from shipcheck.cli.output import write
from shipcheck.cli.progress import Bar
from shipcheck.cli.waivers_options import path_argument, request_of, tell_problems
from shipcheck.report.waivers.text import render_pruned


@click.command("prune")
@path_argument()
@day_option(AS_OF)
def command(path: Path | None, as_of: date | None) -> int:
    """Take out the waivers that match nothing; those of the baseline are left to 'shipcheck baseline prune'."""
    with Bar() as progress:
        report, gone = prune(request_of(path, as_of), baseline=False, progress=progress)
    if report.verdict == "incomplete":
        return tell_problems(report)
    write(render_pruned(gone), None)
    return 0
