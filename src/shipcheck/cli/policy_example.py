"""`shipcheck policy example`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.policy_example import policy_example, why_not
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, root_option, today
from shipcheck.cli.output import show, show_problems
from shipcheck.errors import CannotJudgeError, ExitCode


@declare(
    "policy example",
    exits={
        ExitCode.PASS: "both manifests are printed",
        ExitCode.NOT_JUDGED: "one of them could not be generated, or a pack is malformed",
    },
    examples=("shipcheck policy example core/plan-overdue",),
)
@click.argument("policy")
@root_option
@as_of_option
def command(*, policy: str, root: Path | None, as_of: date | None) -> ExitCode:
    """Each manifest is checked against POLICY before it is printed."""
    result = policy_example(policy, root, as_of or today())
    if result.example is None:
        return show_problems(result.problems, result.texts, settings_invalid=result.settings_invalid)
    show("policy example", result.example)
    if not (result.example.fails and result.example.passes):
        raise CannotJudgeError(why_not(result.example))
    return ExitCode.PASS
