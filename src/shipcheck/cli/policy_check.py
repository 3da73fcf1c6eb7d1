"""`shipcheck policy check`."""

from pathlib import Path

import click

from shipcheck.app.policy_check import check_packs
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, format_option, root_option
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode


@declare(
    "policy check",
    exits={
        ExitCode.PASS: "every pack compiles; without --strict, there may be warnings",
        ExitCode.FAIL: "there are warnings, with --strict",
        ExitCode.NOT_JUDGED: "a pack does not compile",
    },
    examples=("shipcheck policy check", "shipcheck policy check .shipcheck/local --strict"),
)
@click.argument("pack", required=False)
@root_option
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings.")
@format_option("policy check")
@color_option
def command(*, pack: str | None, root: Path | None, strict: bool, form: str, color: str) -> ExitCode:
    """PACK is the folder of a pack or the name of a built-in one. Without PACK, checks every pack in use."""
    check = check_packs(pack, root, strict=strict)
    show("policy check", check, form, color)
    return check.exit_code
