"""`shipcheck pack diff`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.pack_diff import DiffRequest, pack_diff
from shipcheck.cli.dates import AS_OF, day_option, today
from shipcheck.cli.output import write
from shipcheck.cli.progress import Bar
from shipcheck.report.pack_diff.text import render_pack_diff, render_pack_diff_json

CANNOT_JUDGE = 3


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="REPOSITORY",
    help="A repository to judge with both; may be given several times.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is written."
)
@day_option(AS_OF)
def command(old: str, new: str, against: tuple[Path, ...], form: str, as_of: date | None) -> int:
    """Say what the pack NEW asks and provides otherwise than OLD, and which findings appear and vanish in repositories.

    Each is a folder, a built-in pack, or one that is in use here.

    \b
    Exit codes:
      0  compared, whatever is different
      2  the command is wrong
      3  a pack is malformed, or a repository cannot be judged with both
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    request = DiffRequest(old, new, against, as_of or today())
    with Bar() as progress:
        diff = pack_diff(request, progress)
    write(render_pack_diff_json(diff) if form == "json" else render_pack_diff(diff), None)
    return CANNOT_JUDGE if any(item.problems for item in diff.repositories) else 0
