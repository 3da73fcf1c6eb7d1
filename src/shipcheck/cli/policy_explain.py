"""`shipcheck policy explain`."""

from pathlib import Path

import click

from shipcheck.app.policy_explain import policy_explain
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, format_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import ExitCode


@declare(
    "policy explain",
    exits={
        ExitCode.PASS: "the policies are explained",
        ExitCode.NOT_JUDGED: "a pack is malformed or cannot be read",
    },
    examples=("shipcheck policy explain core/owner-missing", "shipcheck policy explain agents-base"),
)
@click.argument("policy", required=False)
@root_option
@format_option("policy explain")
@color_option
def command(*, policy: str | None, root: Path | None, form: str, color: str) -> ExitCode:
    """POLICY is a policy, or a pack by its name or folder for every policy in it. Without POLICY, explains every policy in use.

    For each policy, prints what it requires, its severities, how missing values are treated, its parameters, its cost, the fields
    and links it reads, its tests and its controls.
    """
    explained = policy_explain(policy, root)
    if explained.problems:
        stopped = explained.problems, explained.texts
        return show_problems(*stopped, settings_invalid=explained.settings_invalid, form=form, color=color)
    show("policy explain", explained.policies, form, color)
    return ExitCode.PASS
