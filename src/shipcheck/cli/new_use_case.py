"""`shipcheck new use-case`."""

import sys
from datetime import date
from pathlib import Path

import click

from shipcheck.app.new_use_case import new_use_case, offered, refuse_values
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, root_option, today
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode, UsageError
from shipcheck.scaffold.pack_template import NAME, Template


@declare(
    "new use-case",
    exits={
        ExitCode.PASS: "the manifests are written",
        ExitCode.USAGE: "usage or settings error, unknown pack or template, or a file exists already",
        ExitCode.NOT_JUDGED: "the pack or the template is malformed, or a file cannot be read or written",
    },
    examples=("shipcheck new use-case claim-letters --pack acme/agents-base --set owner=claims",),
)
@click.argument("name")
@click.option("--pack", required=True, metavar="PACK", help="Pack in use whose template to fill in.")
@click.option(
    "--set", "given", multiple=True, metavar="KEY=NAME", help="Answer to a question of the template. Repeat for several."
)
@click.option("--template", "kind", metavar="NAME", default="use-case", show_default=True, help="Which template of the pack.")
@root_option
@as_of_option
def command(*, name: str, pack: str, given: tuple[str, ...], kind: str, root: Path | None, as_of: date | None) -> ExitCode:
    """NAME is the name of the use case. Existing files are never overwritten.

    On a terminal, asks the questions that --set does not answer.
    """
    offer = offered(pack, root, kind)
    values = {NAME: name, **_given(given)}
    refuse_values(offer.template, values)
    values = {**_prompted(offer.template, values), **values}
    show("new use-case", new_use_case(offer, values, as_of or today()))
    return ExitCode.PASS


def _given(items: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in items]
    wrong = next((item for item, pair in zip(items, pairs, strict=True) if not pair[1]), None)
    if wrong is not None:
        raise UsageError(f"'{wrong}' is not KEY=NAME; write --set owner=payables, for example")
    return {key: value for key, _, value in pairs}


def _prompted(template: Template, values: dict[str, str]) -> dict[str, str]:
    """The answers that are not given: those of a person at a terminal, else the defaults."""
    left = [ask for ask in template.asks if ask.key not in values]
    if sys.stdin is not None and sys.stdin.isatty():
        return {ask.key: click.prompt(ask.question, default=ask.default or None, err=True) for ask in left}
    return {ask.key: ask.default for ask in left if ask.default}
