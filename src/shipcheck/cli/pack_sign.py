"""`shipcheck pack sign`."""

from pathlib import Path

import click

from shipcheck.app.pack_sign import pack_sign
from shipcheck.cli.output import write


@click.command("sign")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="A file with a private key, outside of every repository; may be given several times.",
)
def command(folder: Path, keys: tuple[Path, ...]) -> int:
    """Sign every file of the pack in FOLDER, as the last thing before it is published."""
    signed = pack_sign(folder, keys)
    lines = [f"signed {signed.label}", *(f"  by {key.id}" for key in signed.keys)]
    write("\n".join(lines) + "\n", None)
    return 0
