"""`shipcheck completion`."""

import click
from click.shell_completion import get_completion_class

from shipcheck.cli.group import group

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that completes shipcheck's commands in SHELL.

    For bash, put its output into ~/.local/share/bash-completion/completions/shipcheck; for zsh, into a file named _shipcheck on
    the fpath; for fish, into ~/.config/fish/completions/shipcheck.fish.
    """
    found = get_completion_class(shell)
    if found is None:  # pragma: no cover - click knows the three shells
        raise click.UsageError(f"click cannot complete in {shell}")
    click.echo(found(group, {}, "shipcheck", "_SHIPCHECK_COMPLETE").source())
