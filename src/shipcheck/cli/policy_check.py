"""`shipcheck policy check`."""

import click

from shipcheck.app.policy_check import check_packs
from shipcheck.cli.output import wants_color, write
from shipcheck.model.policy_check import PackCheck
from shipcheck.report.policy_check.text import render_pack_concise, render_pack_json, render_pack_text
from shipcheck.report.style import Style


@click.command("check")
@click.argument("pack", required=False)
@click.option("--strict", is_flag=True, help="Leave with 1 where there are warnings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    show_default=True,
    help="How the report is written.",
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(pack: str | None, strict: bool, form: str, color: str) -> int:  # noqa: FBT001 - click passes options by name
    """Find what is wrong or doubtful in PACK, a folder or a pack that is built in, or in every pack in use here.

    \b
    Exit codes:
      0  every pack compiles; warnings are not counted without --strict
      1  there are warnings, with --strict
      2  the command or the settings are wrong
      3  a pack does not compile
      4  shipcheck's own fault
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    found = check_packs(pack, strict=strict)
    style = Style(wants_color(color, to_file=False))
    if form == "json":
        write(render_pack_json(found), None)
    else:
        write((render_pack_text if form == "text" else render_pack_concise)(found, style), None)
    return exit_code(found)


def exit_code(found: PackCheck) -> int:
    """The exit code of a check of packs."""
    if found.verdict == "incomplete":
        return 2 if found.misused else 3
    return 1 if found.verdict == "fail" else 0
