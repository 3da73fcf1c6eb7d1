"""`shipcheck discover`."""

from pathlib import Path

import click

from shipcheck.app.discover import DiscoverRequest, discover
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, format_option, from_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.cli.place import place_of
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "discover",
    exits={
        ExitCode.PASS: "answered, whether or not any component is found",
        ExitCode.NOT_JUDGED: "not answered completely: a detector or pack is malformed, git tracks nothing in PATH, or files are "
        "not analysed that the setting `code` requires",
    },
    examples=(
        "shipcheck discover",
        "shipcheck discover services/refunds --kind agent --kind action",
        "shipcheck discover --explain src/agent.py:12",
        "shipcheck discover --from HEAD --format csv --output components.csv",
    ),
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@root_option
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Show only components of this kind. Repeat for several.")
@click.option("--explain", default="", metavar="FILE:LINE", help="Also say what was made of this line, and why.")
@format_option("discover")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@from_option()
@color_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    path: Path | None,
    root: Path | None,
    kinds: tuple[str, ...],
    explain: str,
    form: str,
    output: Path | None,
    state: State | None,
    color: str,
) -> ExitCode:
    """The code is read and never run, and no manifest is needed.

    Each component has its place, its detector, its links, the gate candidates on it and the effects of its code, and each value
    how it is known. The last lines say how much of the repository was looked at: every file is counted once.

    Everything is read. With PATH, a folder or a file of the repository, only the components there are shown.
    """
    root, only = place_of(path, root)
    with Bar() as progress:
        found = discover(DiscoverRequest(root, state or WORKTREE, only, kinds, explain), progress)
    if found.report is None:
        return show_problems(found.problems, found.texts, settings_invalid=found.settings_invalid, form=form, color=color)
    show("discover", found.report, form, color, output)
    return ExitCode.NOT_JUDGED if found.report.problems else ExitCode.PASS
