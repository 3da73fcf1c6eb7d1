"""`shipcheck waivers check`."""

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
from shipcheck.report.waivers.text import render_waivers_check

FAILING = frozenset({"ended", "outgrown", "unused"})


@click.command("check")
@path_argument()
@from_option()
@day_option(AS_OF)
def command(path: Path | None, state: str | None, as_of: date | None) -> int:
    """Say which waivers below PATH, or of the whole repository, need somebody.

    \b
    Exit codes:
      0  every waiver excuses its finding; those that end within 30 days are told
      1  a waiver has ended, is no longer enough, or matches nothing
      2  the command or the settings are wrong
      3  not judged: a file is malformed, a waiver is for too long or names a team that cannot answer for it
      4  shipcheck's own fault
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    with Bar() as progress:
        report = check(request_of(path, as_of, state_of(state)), progress)
    if report.verdict == "incomplete":
        return tell_problems(report)
    write(render_waivers_check(report, Style(wants_color("auto", to_file=False))), None)
    return 1 if any(standing.state in FAILING for standing in report.judged.waivers) else 0
