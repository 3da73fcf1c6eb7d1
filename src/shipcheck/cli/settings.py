"""`shipcheck settings`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from shipcheck.app.settings import effective_settings
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, format_option, from_option, root_option, today
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "settings",
    exits={
        ExitCode.PASS: "the settings are printed",
        ExitCode.NOT_JUDGED: "a pack is malformed or cannot be read",
    },
    examples=("shipcheck settings --origin", "shipcheck settings --match severities --format json"),
)
@root_option
@click.option("--match", default="", metavar="TEXT", help="Show only values whose name contains TEXT.")
@click.option("--origin", is_flag=True, help="Show the file and line that each value comes from.")
@format_option("settings")
@from_option()
@as_of_option
def command(*, root: Path | None, match: str, origin: bool, form: str, state: State | None, as_of: date | None) -> ExitCode:
    """Prints the packs, parameters, severities and patterns that result from the settings file and all packs."""
    settings = effective_settings(root, as_of or today(), state or WORKTREE)
    if settings.problems:
        return show_problems(settings.problems, settings.texts, settings_invalid=settings.settings_invalid, form=form)
    values = tuple(item for item in settings.values if match in item.key)
    if not values:
        raise click.UsageError(f"no setting has '{match}' in its name; omit --match to see all of them")
    show("settings", replace(settings, values=values, with_origins=origin), form)
    return ExitCode.PASS
