"""`shipcheck explain`."""

from pathlib import Path

import click

from shipcheck.app.explain import explain
from shipcheck.cli.output import wants_color, write
from shipcheck.compare.rules import rule_named
from shipcheck.report.check.changes import render_rule
from shipcheck.report.explain.text import render_explanation, render_policies
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
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(policy: str | None, repository: Path | None, color: str) -> int:
    """Say what POLICY asks for, why, how it reads, an example that fails and one that passes.

    Without POLICY, list the policies in use.
    """
    style = Style(wants_color(color, to_file=False))
    rule = rule_named(policy) if policy else None
    if rule is not None:
        write(render_rule(rule, style), None)
        return 0
    explained = explain(policy, repository)
    if explained.problems:
        write(render_problems(explained.problems, explained.texts, style), None)
        return USAGE if explained.misused else CANNOT_JUDGE
    found = explained.explanation
    if found is None:
        write(render_policies(explained.plan.policies, style), None)
        return 0
    worlds = (found.fails, found.passes)
    write(render_explanation(found.reading, found.source, worlds, style), None)
    return 0
