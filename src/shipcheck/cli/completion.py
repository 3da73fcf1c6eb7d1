"""`shipcheck completion`."""

import click
from click.shell_completion import get_completion_class

from shipcheck.cli.declare import declare
from shipcheck.cli.group import group
from shipcheck.errors import ExitCode

SHELLS = ("bash", "zsh", "fish")


@declare(
    "completion",
    exits={ExitCode.PASS: "the script is printed", ExitCode.NOT_JUDGED: "it cannot be written"},
    examples=(
        "shipcheck completion bash > ~/.local/share/bash-completion/completions/shipcheck",
        "shipcheck completion fish > ~/.config/fish/completions/shipcheck.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(*, shell: str) -> ExitCode:
    """For zsh, write the script to a file named _shipcheck in a directory of your fpath."""
    completion_class = get_completion_class(shell)
    if completion_class is None:  # pragma: no cover - click knows the three shells
        raise click.UsageError(f"click cannot complete in {shell}")
    click.echo(completion_class(group, {}, "shipcheck", "_SHIPCHECK_COMPLETE").source())
    return ExitCode.PASS
