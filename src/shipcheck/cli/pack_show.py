"""`shipcheck pack show`."""

import click

from shipcheck.app.pack_list import pack_shown
from shipcheck.cli.output import write
from shipcheck.cli.pack_list import refuse
from shipcheck.report.pack_list.text import render_pack, render_packs_json


@click.command("show")
@click.argument("pack")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is written."
)
def command(pack: str, form: str) -> int:
    """Say what PACK is and holds: a folder, a built-in pack, or one that is in use here."""
    found = pack_shown(pack)
    if found.problems:
        return refuse(found)
    write(render_packs_json(found.packs) if form == "json" else "\n".join(render_pack(item) for item in found.packs), None)
    return 0
