"""How a command is declared: its help is the registry's line, the docstring of its function, examples and exit codes."""

from collections.abc import Callable, Mapping
from inspect import cleandoc
from typing import Any

import click

from shipcheck.cli.commands import command_named
from shipcheck.errors import ExitCode

# What these exit codes mean for every command.
_ALWAYS = {
    ExitCode.USAGE: "usage or settings error",
    ExitCode.NOT_JUDGED: "a file cannot be read or written",
    ExitCode.INTERNAL: "internal error in shipcheck",
}


class DeclaredCommand(click.Command):
    """A command whose help ends with examples and exit codes."""

    def __init__(self, *, exits: Mapping[ExitCode, str], examples: tuple[str, ...], **settings: Any) -> None:
        super().__init__(**settings)
        self.exits = dict(sorted({**_ALWAYS, **exits}.items()))
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The examples, as they are, and the exit codes."""
        with formatter.section("Examples"):
            for line in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), text) for code, text in self.exits.items()])


def declare(
    name: str, *, exits: Mapping[ExitCode, str], examples: tuple[str, ...]
) -> Callable[[Callable[..., Any]], DeclaredCommand]:
    """Declare the command of that name; `exits` says what its exit codes mean, but for those that mean the same for all."""

    def decorate(function: Callable[..., Any]) -> DeclaredCommand:
        details = cleandoc(function.__doc__ or "")
        declared: DeclaredCommand = click.command(
            name.rpartition(" ")[2],
            cls=DeclaredCommand,
            help=f"{command_named(name).summary}\n\n{details}",
            exits=exits,
            examples=examples,
        )(function)
        return declared

    return decorate
