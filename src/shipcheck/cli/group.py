"""The program and its groups of commands; the module of a command is loaded when it is named."""

from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from shipcheck import __version__
from shipcheck.cli.commands import GROUPS, command_named, commands_below

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command runs or prints its own help.

    `path` is the name of the group as it is typed, empty for the program itself.
    """

    def __init__(self, *, path: str = "", **settings: Any) -> None:
        super().__init__(**settings)
        self._path = path
        self._summaries = commands_below(path)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with that name, from its module; a group needs none."""
        if cmd_name not in self._summaries:
            return None
        name = f"{self._path} {cmd_name}".strip()
        if name in GROUPS:
            return LazyGroup(path=name, name=cmd_name, help=GROUPS[name], context_settings=SETTINGS)
        command: click.Command = import_module(command_named(name).module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._summaries.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the commands without importing them, then the options."""
        names = [CompletionItem(name, help=text) for name, text in self._summaries.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names."""
        from shipcheck.english import did_you_mean  # noqa: PLC0415

        name = args[0]
        if name not in self._summaries and not name.startswith("-"):
            hint = did_you_mean(name, self._summaries) or f"; the commands are {', '.join(self._summaries)}"
            raise click.UsageError(f"unknown command '{name}'{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="shipcheck", message="%(prog)s %(version)s", help="Print the version and exit.")
def group() -> None:
    """Policy-as-code governance for AI: owners, gates, audit trails, integration plans and selection, proved from manifests."""
