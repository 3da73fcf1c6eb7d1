"""`shipcheck pack keygen`."""

from pathlib import Path

import click

from shipcheck.app.pack_sign import make_key_file
from shipcheck.cli.output import write


@click.command("keygen")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The new file, outside of every repository."
)
def command(out: Path) -> int:
    """Make an Ed25519 key, write it to a file that only you can read, and print the half that settings name."""
    key = make_key_file(out)
    lines = [
        f"wrote {out}; whoever has it can sign as you",
        "tell those who use your packs to add to .shipcheck/settings.yaml:",
        "",
        "trust:",
        "  - packs: PUBLISHER/*",
        f"    keys: [{{id: {key.id}, ed25519: {key.ed25519}}}]",
    ]
    write("\n".join(lines) + "\n", None)
    return 0
