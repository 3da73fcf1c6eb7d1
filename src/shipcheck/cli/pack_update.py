"""`shipcheck pack update`."""

from pathlib import Path

import click

from shipcheck.app.pack_add import pack_update
from shipcheck.cli.dates import today
from shipcheck.cli.output import write
from shipcheck.cli.pack_add import shown
from shipcheck.cli.progress import Bar


@click.command("update")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--root", type=click.Path(path_type=Path), help="The root of the repository. Default: the top of the one around.")
def command(names: tuple[str, ...], root: Path | None) -> int:
    """Get the packs of these NAMEs, or all of the lock, once more from where they came, and say what is different.

    A source that names a version always means that one; then add the pack again with a newer version's source.
    """
    with Bar() as progress:
        placed = pack_update(names, root, today(), progress)
    write("".join(shown(one) for one in placed) or "the lock names no pack; add one with 'shipcheck pack add'\n", None)
    return 0
