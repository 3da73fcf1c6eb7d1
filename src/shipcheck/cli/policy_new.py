"""`shipcheck policy new`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.policy_new import NewRequest, policy_new
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, today
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode
from shipcheck.files import create_files
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.policy_new import WrittenPolicy
from shipcheck.pipeline.editing import editing


@declare(
    "policy new",
    exits={
        ExitCode.PASS: "the files are written",
        ExitCode.USAGE: "usage error, or a file exists already",
        ExitCode.NOT_JUDGED: "the policy does not compile, or a file cannot be read or written",
    },
    examples=(
        "shipcheck policy new agent-described --must 'description is set'",
        "shipcheck policy new refund-gated --pack house --each 'agent where entry' --must-not-reach 'action where refund'",
    ),
)
@click.argument("policy")
@click.option(
    "--pack",
    type=click.Path(path_type=Path),
    default=Path(".shipcheck/local"),
    show_default=True,
    metavar="DIR",
    help="Folder of the pack. It is created if it does not exist.",
)
@click.option(
    "--family",
    default="",
    metavar="NAME",
    help="File of the pack to add the policy to, without '.yaml'. Default: pack.yaml if all policies are in it, else a new file "
    "next to those of other policies.",
)
@click.option("--title", default="", metavar="TEXT", help="The rule, as one true sentence.")
@click.option("--why", default="", metavar="TEXT", help="What goes wrong if the rule is broken.")
@click.option("--each", default="", metavar="SELECTOR", help="The components to check. Default: agent.")
@click.option("--must", default="", metavar="CONDITION", help="Condition that each of them meets. Default: owner is set.")
@click.option("--must-reach", default="", metavar="SELECTOR", help="Target that at least one path from each of them leads to.")
@click.option("--must-not-reach", default="", metavar="SELECTOR", help="Target that no path from any of them leads to.")
@click.option("--along", default="", metavar="LINKS", help="Links that a path follows.")
@click.option("--unless-through", default="", metavar="SELECTOR", help="Gates that close a path.")
@click.option(
    "--severity", type=click.Choice(list(SEVERITIES)), default="error", show_default=True, help="Severity of its findings."
)
@as_of_option
def command(*, policy: str, pack: Path, family: str, as_of: date | None, **given: str) -> ExitCode:
    """Writes the policy, its tests and, if the pack has pages, its page. Existing files are never overwritten.

    A file that already contains policies gets the new one at its end.

    POLICY is the id of the policy. Afterwards, replace the placeholder texts, run 'shipcheck policy test', and add the cases that
    are missing.
    """
    with editing(None):
        new = policy_new(NewRequest(policy, pack, given, as_of or today(), family))
        if new.problems:
            return show_problems(new.problems, new.texts, settings_invalid=False)
        changed = (pack / new.changed[0], new.changed[1]) if new.changed else None
        create_files({pack / path: text for path, text in new.files.items()}, changed)
    written = tuple((pack / path).as_posix() for path in sorted(new.files))
    show("policy new", WrittenPolicy(pack.as_posix(), written, changed[0].as_posix() if changed else ""))
    return ExitCode.PASS
