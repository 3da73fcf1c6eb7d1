"""`shipcheck pack keygen`."""

from pathlib import Path

import click

from shipcheck.app.pack_sign import make_key_file
from shipcheck.cli.declare import declare
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode
from shipcheck.model.pack_sign import NewKey


@declare(
    "pack keygen",
    exits={
        ExitCode.PASS: "the key is written",
        ExitCode.USAGE: "usage error, or FILE is in a git repository",
        ExitCode.NOT_JUDGED: "FILE exists already or cannot be written",
    },
    examples=("shipcheck pack keygen --out ~/keys/acme-packs.pem",),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="New file for the private key, outside any repository.",
)
def command(*, out: Path) -> ExitCode:
    """Writes an Ed25519 key to FILE, readable by you alone, and prints the public key.

    Repositories that use your packs name the public key in their settings, under `trust`.
    """
    show("pack keygen", NewKey(str(out), make_key_file(out)))
    return ExitCode.PASS
