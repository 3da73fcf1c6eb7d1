"""`shipcheck schema`."""

from pathlib import Path

import click

from shipcheck.app.schema import schema_of
from shipcheck.cli.declare import declare
from shipcheck.cli.options import format_option, from_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "schema",
    exits={
        ExitCode.PASS: "the schema is printed",
        ExitCode.NOT_JUDGED: "a pack is malformed or cannot be read",
    },
    examples=("shipcheck schema --output .shipcheck/manifest.schema.json", "shipcheck schema > manifest.schema.json"),
)
@root_option
@format_option("schema")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@from_option()
def command(*, root: Path | None, form: str, output: Path | None, state: State | None) -> ExitCode:
    """Editors complete and check manifests by it; print it again when packs are added or updated."""
    found = schema_of(root, state or WORKTREE)
    if found.problems:
        return show_problems(found.problems, found.texts, settings_invalid=found.settings_invalid, form=form)
    show("schema", found.vocabulary, form, path=output)
    return ExitCode.PASS
