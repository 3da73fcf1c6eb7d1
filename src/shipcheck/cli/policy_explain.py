"""`shipcheck policy explain`."""

from pathlib import Path

import click

from shipcheck.app.policy_explain import policy_explain
from shipcheck.cli.output import wants_color, write
from shipcheck.report.policy_explain.text import render_explained, render_explained_json
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

USAGE, CANNOT_JUDGE = 2, 3


@click.command("explain")
@click.argument("policy", required=False)
@click.option(
    "--repository",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The repository whose packs and settings count. Default: this one.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(policy: str | None, repository: Path | None, form: str, color: str) -> int:
    """Read POLICY aloud: a policy, or every policy of a pack, by its name or its folder.

    Without POLICY, every policy in use. Besides the sentences there are the words and parameters that occur in them, what becomes
    of what nobody declares, the cost, all that is looked at, the tests and the controls.
    """
    style = Style(wants_color(color, to_file=False))
    found = policy_explain(policy, repository)
    if found.problems:
        write(render_problems(found.problems, found.texts, style), None)
        return USAGE if found.misused else CANNOT_JUDGE
    write(render_explained_json(found.policies) if form == "json" else render_explained(found.policies, style), None)
    return 0
