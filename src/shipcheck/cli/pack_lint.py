"""`shipcheck pack lint`."""

from datetime import date

import click

from shipcheck.app.pack_lint import pack_lint
from shipcheck.cli.dates import AS_OF, day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.report.pack_lint.text import render_pack_lint
from shipcheck.report.style import Style

FAULTY, CANNOT_JUDGE = 1, 3


@click.command("lint")
@click.argument("pack")
@click.option(
    "--previous", metavar="PACK", help="The version before it: a folder or a name. Default: the one in use here, if any."
)
@day_option(AS_OF)
def command(pack: str, previous: str | None, as_of: date | None) -> int:
    """Find what keeps PACK, a folder, from being released: files, head, tests, pages, what it provides, and its version.

    A version that asks less than the one before needs a new first number, one that asks more a new second one.

    \b
    Exit codes:
      0  ready
      1  not ready
      2  the command is wrong
      3  the pack is malformed
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    lint = pack_lint(pack, previous, as_of or today())
    write(render_pack_lint(lint, Style(wants_color("auto", to_file=False))), None)
    if lint.problems:
        return CANNOT_JUDGE
    return FAULTY if lint.faults else 0
