"""`shipcheck pack publish`."""

from pathlib import Path

import click

from shipcheck.app.pack_publish import pack_publish
from shipcheck.cli.declare import declare
from shipcheck.cli.options import today
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode


@declare(
    "pack publish",
    exits={
        ExitCode.PASS: "the pack is published",
        ExitCode.NOT_JUDGED: "the pack is malformed, or the target does not accept it",
    },
    examples=(
        "shipcheck pack publish agents-base oci://registry.example.com/governance/agents-base",
        "shipcheck pack publish agents-base agents-base-1.2.0.tar.gz",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("target")
def command(*, folder: Path, target: str) -> ExitCode:
    """Publishes the pack in FOLDER to TARGET: oci://HOST/REPOSITORY, or an archive such as agents-base-1.2.0.tar.gz.

    In a registry the version of the pack is its tag. A published version is never replaced.
    """
    show("pack publish", pack_publish(folder, target, today()))
    return ExitCode.PASS
