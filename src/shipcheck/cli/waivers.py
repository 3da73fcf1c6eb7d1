"""`shipcheck waivers`: the commands that look after what is excused, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "list": "List the waivers and what each comes to.",
    "check": "Fail where a waiver has ended, is no longer enough, or matches nothing.",
    "prune": "Take out the waivers that match nothing.",
}


@click.command(
    "waivers", cls=LazyGroup, offers=COMMANDS, prefix="waivers_", context_settings={"help_option_names": ["-h", "--help"]}
)
def command() -> None:
    """List, check and prune what is excused."""
