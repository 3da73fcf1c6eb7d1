"""`shipcheck pack list`."""

from pathlib import Path

import click

from shipcheck.app.pack_list import PacksListed, packs_in_use
from shipcheck.cli.dates import today
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.pack_list.text import render_pack_list, render_packs_json
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

USAGE, CANNOT_JUDGE = 2, 3


@click.command("list")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is written."
)
@from_option()
def command(path: Path | None, form: str, state: str | None) -> int:
    """List the packs in use in the repository at PATH, or in the one around: version, what each holds, where it is from."""
    found = packs_in_use(path, today(), state_of(state) or WORKTREE)
    if found.problems:
        return refuse(found)
    write(render_packs_json(found.packs) if form == "json" else render_pack_list(found.packs), None)
    return 0


def refuse(found: PacksListed) -> int:
    """Write the problems that stand in the way; the exit code for them."""
    write(render_problems(found.problems, found.texts, Style(wants_color("auto", to_file=False))), None)
    return USAGE if found.misused else CANNOT_JUDGE
