"""`shipcheck new use-case`."""

import sys
from datetime import date
from pathlib import Path

import click

from shipcheck.app.new_use_case import new_use_case, offered, refuse_values
from shipcheck.cli.dates import AS_OF, day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.errors import UsageError
from shipcheck.report.new_use_case.text import render_made
from shipcheck.report.style import Style
from shipcheck.scaffold.pack_template import NAME, Template


@click.command("use-case")
@click.argument("name")
@click.option("--from", "pack", required=True, metavar="PACK", help="The pack whose template is used; it is committed here.")
@click.option(
    "--set", "given", multiple=True, metavar="KEY=NAME", help="A name that the template asks for; may be given several times."
)
@click.option("--template", "kind", default="use-case", show_default=True, help="Which of the pack's templates.")
@click.option("--root", type=click.Path(path_type=Path), help="The root of the repository. Default: the top of the one around.")
@day_option(AS_OF)
def command(name: str, pack: str, given: tuple[str, ...], kind: str, root: Path | None, as_of: date | None) -> int:
    """Write the manifests of the use case NAME from a template of PACK, and say what is left to write.

    On a terminal, names that are not given are asked for. Nothing that is there is overwritten.
    """
    offer = offered(pack, root, kind)
    values = {NAME: name, **_given(given)}
    refuse_values(offer.template, values)
    values = {**_asked(offer.template, values), **values}
    made = new_use_case(offer, values, as_of or today())
    write(render_made(made.files, made.say, made.report, Style(wants_color("auto", to_file=False))), None)
    return 0


def _given(items: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in items]
    wrong = next((item for item, pair in zip(items, pairs, strict=True) if not pair[1]), None)
    if wrong is not None:
        raise UsageError(f"'{wrong}' is not KEY=NAME; write --set owner=payables")
    return {key: value for key, _, value in pairs}


def _asked(template: Template, values: dict[str, str]) -> dict[str, str]:
    """Names that are not given: those of a person at a terminal, else the defaults."""
    left = [ask for ask in template.asks if ask.key not in values]
    if sys.stdin is not None and sys.stdin.isatty():
        return {ask.key: click.prompt(ask.question, default=ask.default or None, err=True) for ask in left}
    return {ask.key: ask.default for ask in left if ask.default}
