"""`shipcheck pack`: the commands for packs, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "add": "Get a pack, and write its files and the lock.",
    "update": "Get packs once more from where they came.",
    "list": "List the packs in use.",
    "show": "Say what a pack holds.",
    "verify": "Hold the committed packs against the lock.",
    "diff": "Say what another version of a pack means to repositories.",
    "test": "Run the tests of packs.",
    "lint": "Find what keeps a pack from being released.",
    "publish": "Make a pack's archive, or keep it in a registry.",
    "sign": "Sign the files of a pack.",
    "keygen": "Make a key to sign packs with.",
}


@click.command("pack", cls=LazyGroup, offers=COMMANDS, prefix="pack_", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Get packs, look into them and hold them against the lock; test, compare, sign and publish them."""
