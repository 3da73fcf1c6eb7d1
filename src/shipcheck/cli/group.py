"""The commands, loaded one by one when they are named."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from shipcheck import __version__

COMMANDS = {
    "check": "Judge a repository by its policies.",
    "explain": "Say what a policy asks for, and why.",
    "why": "Say why one component reaches another, or does not.",
    "waive": "Excuse one finding for a time.",
    "waivers": "List, check and prune what is excused.",
    "baseline": "Excuse what fails today, so that only new findings fail.",
    "graph": "Print the graph of a repository.",
    "settings": "Print every value that holds, and where it comes from.",
    "new": "Start a use case from a pack.",
    "policy": "Read policies aloud, check and test them, write new ones, and make examples of them.",
    "doctor": "Say whether the check runs where it counts, and whether anything gets around it.",
    "pack": "Get packs, look into them, test, compare and publish them.",
    "completion": "Print the script that completes shipcheck's commands in a shell.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command runs or asks for its own help.

    `offers` holds a line of help for each command; the module of a command is called as it is, with `prefix` before it.
    """

    def __init__(self, *, offers: Mapping[str, str], prefix: str = "", **settings: Any) -> None:
        super().__init__(**settings)
        self._offers = dict(offers)
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(self._offers)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with that name, from the module of that name."""
        if cmd_name not in self._offers:
            return None
        command: click.Command = import_module(f"shipcheck.cli.{self._prefix}{cmd_name}".replace("-", "_")).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._offers.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names."""
        from shipcheck.english import did_you_mean  # noqa: PLC0415

        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            hint = did_you_mean(name, self._offers) or f"; the commands are {', '.join(self._offers)}"
            raise click.UsageError(f"there is no command '{name}'{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, offers=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shipcheck", message="%(prog)s %(version)s")
def group() -> None:
    """Policy-as-code governance for AI: owners, gates, audit trails, integration plans and selection, proved from manifests."""
