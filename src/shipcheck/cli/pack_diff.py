"""`shipcheck pack diff`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.pack_diff import DiffRequest, pack_diff
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, format_option, root_option, today
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode


@declare(
    "pack diff",
    exits={
        ExitCode.PASS: "the versions are compared, whether or not they differ",
        ExitCode.NOT_JUDGED: "a pack is malformed, or a repository cannot be judged with both",
    },
    examples=("shipcheck pack diff acme/agents-base ../agents-base", "shipcheck pack diff old new --against shop --against hr"),
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Root of a repository to judge with both versions. Repeat for several.",
)
@root_option
@format_option("pack diff")
@as_of_option
def command(*, old: str, new: str, against: tuple[Path, ...], root: Path | None, form: str, as_of: date | None) -> ExitCode:
    """OLD and NEW are each a folder, the name of a built-in pack, or the name of a pack in use."""
    with Bar() as progress:
        diff = pack_diff(DiffRequest(old, new, against, as_of or today(), root), progress)
    show("pack diff", diff, form)
    return ExitCode.NOT_JUDGED if any(item.problems for item in diff.repositories) else ExitCode.PASS
