"""`shipcheck policy`: the commands for those who write policies, each in a module of its own."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {
    "check": "Find what is wrong or doubtful in packs, before they judge anything.",
}


@click.command(
    "policy", cls=LazyGroup, offers=COMMANDS, prefix="policy_", context_settings={"help_option_names": ["-h", "--help"]}
)
def command() -> None:
    """Check policy packs before they run."""
