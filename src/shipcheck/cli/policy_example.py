"""`shipcheck policy example`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.policy_example import PolicyExample, policy_example, why_not
from shipcheck.cli.dates import day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.errors import CannotJudgeError
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

USAGE, CANNOT_JUDGE = 2, 3


@click.command("example")
@click.argument("policy")
@click.option(
    "--repository",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The repository whose packs and settings count. Default: this one.",
)
@day_option("The day on which to judge.")
def command(policy: str, repository: Path | None, as_of: date | None) -> int:
    """Build the smallest manifest that fails POLICY and the smallest that passes it, and print both.

    Each is judged by the policy before it is printed. Where one cannot be built, the exit code is 3.
    """
    day = as_of or today()
    found = policy_example(policy, repository, day)
    if found.example is None:
        write(render_problems(found.problems, found.texts, Style(wants_color("auto", to_file=False))), None)
        return USAGE if found.misused else CANNOT_JUDGE
    write(_shown(found.example), None)
    if not (found.example.fails and found.example.passes):
        raise CannotJudgeError(why_not(found.example))
    return 0


def _shown(example: PolicyExample) -> str:
    blocks = [
        f"# {word} {example.policy.name}\n{text}" for word, text in (("fails", example.fails), ("passes", example.passes)) if text
    ]
    return "\n".join(blocks)
