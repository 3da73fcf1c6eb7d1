"""`shipcheck waivers list`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.check import check
from shipcheck.cli.dates import AS_OF, day_option
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.progress import Bar
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.cli.waivers_options import path_argument, request_of, tell_problems
from shipcheck.report.style import Style
from shipcheck.report.waivers.json import render_waivers_json
from shipcheck.report.waivers.text import render_waivers


@click.command("list")
@path_argument()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How the list is written."
)
@from_option()
@day_option(AS_OF)
def command(path: Path | None, state: str | None, form: str, as_of: date | None) -> int:
    """List the waivers below PATH, or of the whole repository, and what each comes to."""
    with Bar() as progress:
        report = check(request_of(path, as_of, state_of(state)), progress)
    if report.verdict == "incomplete":
        return tell_problems(report)
    as_json = form == "json"
    write(render_waivers_json(report) if as_json else render_waivers(report, Style(wants_color("auto", to_file=False))), None)
    return 0
