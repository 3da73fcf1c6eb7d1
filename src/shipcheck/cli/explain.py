"""`shipcheck explain`."""

from pathlib import Path

import click

from shipcheck.app.explain import explain
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode


@declare(
    "explain",
    exits={
        ExitCode.PASS: "the policy is explained, or the policies are listed",
        ExitCode.NOT_JUDGED: "a pack in use is malformed or cannot be read",
    },
    examples=("shipcheck explain", "shipcheck explain core/owner-missing"),
)
@click.argument("policy", required=False)
@root_option
@color_option
def command(*, policy: str | None, root: Path | None, color: str) -> ExitCode:
    """Without POLICY, lists the policies in use."""
    explained = explain(policy, root)
    if explained.problems:
        return show_problems(explained.problems, explained.texts, settings_invalid=explained.settings_invalid, color=color)
    show("explain", explained, color=color)
    return ExitCode.PASS
