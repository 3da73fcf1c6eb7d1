"""`shipcheck pack sign`."""

from pathlib import Path

import click

from shipcheck.app.pack_sign import pack_sign
from shipcheck.cli.declare import declare
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode


@declare(
    "pack sign",
    exits={
        ExitCode.PASS: "the pack is signed",
        ExitCode.USAGE: "usage error, or a key is in a pack or a git repository",
        ExitCode.NOT_JUDGED: "the pack is malformed, or a key cannot be used",
    },
    examples=("shipcheck pack sign agents-base --key ~/keys/acme-packs.pem",),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="File with a private key, outside any repository. Repeat for several.",
)
def command(*, folder: Path, keys: tuple[Path, ...]) -> ExitCode:
    """Signs every file of the pack in FOLDER. Sign it last: any later change makes the signature invalid."""
    show("pack sign", pack_sign(folder, keys))
    return ExitCode.PASS
