"""`shipcheck graph`."""

from pathlib import Path

import click

from shipcheck.app.graph import graph_of
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.progress import Bar
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.graph.drawing import render_dot, render_mermaid
from shipcheck.report.graph.json import render_graph_json
from shipcheck.report.problems import render_problems
from shipcheck.report.style import Style

USAGE, CANNOT_JUDGE = 2, 3
RENDERERS = {"dot": render_dot, "mermaid": render_mermaid, "json": render_graph_json}


@click.command("graph")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(RENDERERS)), default="dot", show_default=True, help="How the graph is written."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of standard output.",
)
@from_option()
def command(path: Path | None, form: str, output: Path | None, state: str | None) -> int:
    """Print the graph that the manifests below PATH, or of the whole repository, declare.

    Feed dot to Graphviz (`shipcheck graph | dot -Tsvg`), mermaid to Markdown, json to a program.
    """
    with Bar() as progress:
        linked = graph_of(path, state_of(state) or WORKTREE, progress)
    if linked.graph is None:
        write(render_problems(linked.problems, linked.texts, Style(wants_color("auto", to_file=False))), None)
        return USAGE if linked.misused else CANNOT_JUDGE
    write(RENDERERS[form](linked.graph, linked.vocabulary), output)
    return 0
