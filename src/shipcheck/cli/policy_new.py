"""`shipcheck policy new`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.policy_new import NewRequest, policy_new
from shipcheck.cli.dates import day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.files import create_files
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

CANNOT_JUDGE = 3


@click.command("new")
@click.argument("policy")
@click.option(
    "--pack",
    type=click.Path(path_type=Path),
    default=Path(".shipcheck/local"),
    show_default=True,
    help="The folder of the pack; it is made where it is not there.",
)
@click.option(
    "--family",
    default="",
    help="The file of the pack that the policy goes into, without '.yaml'. Default: pack.yaml where all policies are in it, "
    "else a file of its own beside those of other policies.",
)
@click.option("--title", default="", help="The rule as one true sentence.")
@click.option("--why", default="", help="What goes wrong where it does not hold.")
@click.option("--each", default="", help="What is checked one by one. Default: agent.")
@click.option("--must", default="", help="The condition that each of them meets. Default: owner is set.")
@click.option("--must-reach", default="", help="What some walk from each of them leads to.")
@click.option("--must-not-reach", default="", help="What no walk from any of them leads to.")
@click.option("--along", default="", help="The links that a walk takes.")
@click.option("--unless-through", default="", help="The gate that clears a walk.")
@click.option("--severity", type=click.Choice(["error", "warning", "note"]), default="error", show_default=True)
@day_option("The day of the tests.")
def command(policy: str, pack: Path, family: str, as_of: date | None, **given: str) -> int:
    """Start POLICY: the policy and its tests, and its page where the pack has pages, in a pack's folder.

    No file is overwritten; a file that holds other policies gets the new one at its end.

    Then write its words, run 'shipcheck policy test' and add the cases that it asks for.
    """
    day = as_of or today()
    made = policy_new(NewRequest(policy, pack, given, day, family))
    if made.problems:
        write(render_problems(made.problems, made.texts, Style(wants_color("auto", to_file=False))), None)
        return CANNOT_JUDGE
    changed = (pack / made.changed[0], made.changed[1]) if made.changed else None
    create_files({pack / path: text for path, text in made.files.items()}, changed)
    lines = [f"changed {changed[0].as_posix()}"] if changed else []
    lines += [f"wrote {(pack / path).as_posix()}" for path in sorted(made.files)]
    after = f"next  write title, why, message and fix, then run 'shipcheck policy test {pack.as_posix()}'"
    write("\n".join([*lines, after]) + "\n", None)
    return 0
