"""`shipcheck new`: what packs have templates for."""

import click

from shipcheck.cli.group import LazyGroup

COMMANDS = {"use-case": "Write the manifests of a use case from the template of a pack."}


@click.command("new", cls=LazyGroup, offers=COMMANDS, prefix="new_", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Start from a pack: manifests already wired to the gates and audit sinks that it provides."""
