"""`shipcheck pack update`."""

from pathlib import Path

import click

from shipcheck.app.pack_add import pack_update
from shipcheck.cli.declare import declare
from shipcheck.cli.options import root_option, today
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.pipeline.editing import editing


@declare(
    "pack update",
    exits={
        ExitCode.PASS: "the packs are up to date",
        ExitCode.NOT_JUDGED: "a pack cannot be fetched, verified or written",
    },
    examples=("shipcheck pack update", "shipcheck pack update acme/agents-base"),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@root_option
def command(*, names: tuple[str, ...], root: Path | None) -> ExitCode:
    """Without NAME, updates every pack of the lock file, and prints what differs.

    A source that names an exact version always yields that version. To change it, run 'shipcheck pack add' with the source of the
    new version.
    """
    with editing(root), Bar() as progress:
        show("pack update", pack_update(names, root, today(), progress))
    return ExitCode.PASS
