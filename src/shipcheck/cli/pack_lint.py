"""`shipcheck pack lint`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.pack_lint import pack_lint
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, format_option, root_option, today
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode


@declare(
    "pack lint",
    exits={
        ExitCode.PASS: "the pack is ready for release",
        ExitCode.FAIL: "something must be fixed first",
        ExitCode.USAGE: "usage error",
        ExitCode.NOT_JUDGED: "the pack is malformed",
    },
    examples=("shipcheck pack lint agents-base", "shipcheck pack lint next --previous agents-base"),
)
@click.argument("pack")
@click.option(
    "--previous",
    metavar="PACK",
    help="Previous version to compare with: a folder or a name. Default: the version in use, if any.",
)
@root_option
@format_option("pack lint")
@as_of_option
def command(*, pack: str, previous: str | None, root: Path | None, form: str, as_of: date | None) -> ExitCode:
    """PACK is the folder of a pack. Checks its files, pack.yaml, tests, pages, components and version.

    A version that loosens a policy needs a new major version; one that tightens a policy needs a new minor version.
    """
    lint = pack_lint(pack, previous, as_of or today(), root)
    show("pack lint", lint, form)
    return lint.exit_code
