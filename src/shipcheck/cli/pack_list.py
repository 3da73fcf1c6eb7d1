"""`shipcheck pack list`."""

from pathlib import Path

from shipcheck.app.pack_list import packs_in_use
from shipcheck.cli.declare import declare
from shipcheck.cli.options import format_option, from_option, root_option, today
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "pack list",
    exits={
        ExitCode.PASS: "the packs are listed",
        ExitCode.NOT_JUDGED: "a pack is malformed, or differs from the lock file",
    },
    examples=("shipcheck pack list", "shipcheck pack list --from HEAD --format json"),
)
@root_option
@format_option("pack list")
@from_option()
def command(*, root: Path | None, form: str, state: State | None) -> ExitCode:
    """Prints the version of each pack, what it contains and its source."""
    used = packs_in_use(root, today(), state or WORKTREE)
    if used.problems:
        return show_problems(used.problems, used.texts, settings_invalid=used.settings_invalid, form=form)
    show("pack list", used.packs, form)
    return ExitCode.PASS
