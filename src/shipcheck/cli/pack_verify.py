"""`shipcheck pack verify`."""

from pathlib import Path

import click

from shipcheck.app.pack_list import packs_in_use
from shipcheck.cli.dates import today
from shipcheck.cli.output import write
from shipcheck.cli.pack_list import refuse
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.pack_list.text import render_verified


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@from_option()
def command(path: Path | None, state: str | None) -> int:
    """Hold every committed pack against the lock, as each check does, and name what is not as it was added.

    \b
    Exit codes:
      0  every pack is as it was added
      2  the command or the settings are wrong
      3  something is not
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    found = packs_in_use(path, today(), state_of(state) or WORKTREE)
    if found.problems:
        return refuse(found)
    write(render_verified(found.packs), None)
    return 0
