"""`shipcheck pack`: the commands for packs, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "list": "List the packs in use.",
    "show": "Say what a pack holds.",
    "verify": "Hold the committed packs against the lock.",
    "test": "Run the tests of packs.",
    "lint": "Find what keeps a pack from being released.",
    "diff": "Say what another version of a pack means to repositories.",
}


@click.command("pack", cls=LazyGroup, offers=COMMANDS, prefix="pack_", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List packs, look into them, hold them against the lock, test and compare them."""
