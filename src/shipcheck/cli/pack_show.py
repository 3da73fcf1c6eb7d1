"""`shipcheck pack show`."""

from pathlib import Path

import click

from shipcheck.app.pack_list import pack_shown
from shipcheck.cli.declare import declare
from shipcheck.cli.options import format_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode


@declare(
    "pack show",
    exits={ExitCode.PASS: "the pack is printed", ExitCode.NOT_JUDGED: "the pack is malformed or cannot be read"},
    examples=("shipcheck pack show core", "shipcheck pack show acme/agents-base --format json"),
)
@click.argument("pack")
@root_option
@format_option("pack show")
def command(*, pack: str, root: Path | None, form: str) -> ExitCode:
    """PACK is a folder, the name of a built-in pack, or the name of a pack in use."""
    shown = pack_shown(pack, root)
    if shown.problems:
        return show_problems(shown.problems, shown.texts, settings_invalid=shown.settings_invalid, form=form)
    show("pack show", shown.packs, form)
    return ExitCode.PASS
