"""`shipcheck graph`."""

from pathlib import Path

import click

from shipcheck.app.graph import graph_of
from shipcheck.cli.declare import declare
from shipcheck.cli.options import format_option, from_option, root_option
from shipcheck.cli.output import show, show_problems
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.report.graph.labels import LinkedGraph


@declare(
    "graph",
    exits={
        ExitCode.PASS: "the graph is printed",
        ExitCode.NOT_JUDGED: "a manifest is malformed or unreadable, or nothing is declared",
    },
    examples=("shipcheck graph | dot -Tsvg > graph.svg", "shipcheck graph --format json --output graph.json"),
)
@root_option
@format_option("graph")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@from_option()
def command(*, root: Path | None, form: str, output: Path | None, state: State | None) -> ExitCode:
    """Use dot with Graphviz, mermaid in Markdown, and json in programs."""
    with Bar() as progress:
        linked = graph_of(root, state or WORKTREE, progress)
    if linked.graph is None:
        return show_problems(linked.problems, linked.texts, settings_invalid=linked.settings_invalid, form=form)
    show("graph", LinkedGraph(linked.graph, linked.vocabulary), form, path=output)
    return ExitCode.PASS
