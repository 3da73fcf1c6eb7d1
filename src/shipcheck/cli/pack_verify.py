"""`shipcheck pack verify`."""

from pathlib import Path

from shipcheck.app.pack_list import packs_in_use
from shipcheck.cli.declare import declare
from shipcheck.cli.options import from_option, root_option, today
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "pack verify",
    exits={
        ExitCode.PASS: "every committed pack matches the lock file",
        ExitCode.NOT_JUDGED: "a pack does not match, or is malformed",
    },
    examples=("shipcheck pack verify", "shipcheck pack verify --from index"),
)
@root_option
@from_option()
def command(*, root: Path | None, state: State | None) -> ExitCode:
    """Names each file that was changed, added or removed. Every check does the same verification first."""
    used = packs_in_use(root, today(), state or WORKTREE)
    if used.problems:
        return show_problems(used.problems, used.texts, settings_invalid=used.settings_invalid)
    show("pack verify", used.packs)
    return ExitCode.PASS
