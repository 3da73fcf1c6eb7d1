"""`shipcheck policy`: the commands for those who write policies."""

from collections.abc import Mapping

import click

from shipcheck.cli.group import LazyGroup


class PolicyGroup(LazyGroup):
    """The commands about policies, each in a module of its own."""

    summaries: Mapping[str, str] = {
        "test": "Run the tests of packs, with coverage and mutation.",
        "example": "Build the smallest worlds that fail and pass a policy.",
        "new": "Start a policy with its tests and its documentation.",
    }
    modules = "shipcheck.cli.policy_"


@click.command("policy", cls=PolicyGroup)
def command() -> None:
    """Test policies, write new ones, and make examples of them."""
