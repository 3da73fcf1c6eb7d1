"""`shipcheck baseline`: the commands for what fails already, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "create": "Excuse every finding that fails today, in one list.",
    "prune": "Take out of that list what is mended.",
}


@click.command(
    "baseline", cls=LazyGroup, offers=COMMANDS, prefix="baseline_", context_settings={"help_option_names": ["-h", "--help"]}
)
def command() -> None:
    """Excuse what fails today, so that only new findings fail."""
