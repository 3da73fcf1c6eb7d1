"""`shipcheck policy`: the commands for those who write policies, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "explain": "Read policies aloud, with their cost, their tests and all they look at.",
    "check": "Find what is wrong or doubtful in packs, before they judge anything.",
    "test": "Run the tests of packs, with coverage and mutation.",
    "example": "Build the smallest worlds that fail and pass a policy.",
    "new": "Start a policy with its tests and its documentation.",
}


@click.command(
    "policy", cls=LazyGroup, offers=COMMANDS, prefix="policy_", context_settings={"help_option_names": ["-h", "--help"]}
)
def command() -> None:
    """Read policies aloud, check and test them, write new ones, and make examples of them."""
