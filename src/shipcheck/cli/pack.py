"""`shipcheck pack`: the commands for packs, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "add": "Get a pack, and write its files and the lock.",
    "update": "Get packs once more from where they came.",
    "publish": "Make a pack's archive, or keep it in a registry.",
    "sign": "Sign the files of a pack.",
    "keygen": "Make a key to sign packs with.",
}


@click.command("pack", cls=LazyGroup, offers=COMMANDS, prefix="pack_", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Get packs and update them; sign and publish them."""
