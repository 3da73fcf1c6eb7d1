"""`shipcheck settings`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.settings import settings_shown
from shipcheck.cli.dates import day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.problems import render_problems
from shipcheck.report.settings.text import render_settings, render_settings_json
from shipcheck.report.style import Style

USAGE, CANNOT_JUDGE = 2, 3


@click.command("settings")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--match", default="", metavar="TEXT", help="Only values with this text in their name.")
@click.option("--origin", is_flag=True, help="Say of each value which file and line it comes from.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is written."
)
@day_option("The day that decides what is softened.")
@from_option()
def command(path: Path | None, match: str, origin: bool, form: str, as_of: date | None, state: str | None) -> int:  # noqa: FBT001 - click passes options by name
    """Print every value that holds in the repository: packs, parameters, severities, patterns.

    What settings and packs ask of each other is worked out; --origin says who has asked.
    """
    shown = settings_shown(path, as_of or today(), state_of(state) or WORKTREE)
    if shown.problems:
        write(render_problems(shown.problems, shown.texts, Style(wants_color("auto", to_file=False))), None)
        return USAGE if shown.misused else CANNOT_JUDGE
    values = [item for item in shown.values if match in item.key]
    if not values:
        raise click.UsageError(f"no value has '{match}' in its name; leave out --match to see all of them")
    write(render_settings_json(values) if form == "json" else render_settings(values, origin=origin), None)
    return 0
