"""The generated page of exit codes: what each means and what to do, then what each command says of its own."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import NamedTuple

import click

from reference_pages import NOTICE
from shipcheck.cli.group import group

_BLOCK = re.compile(r"^Exit codes:\n((?: +\d+ .*\n?)+)", re.MULTILINE)
_LINE = re.compile(r"^ +(\d+) +(.*)$", re.MULTILINE)

# The codes whose meaning depends on the command.
_SPECIFIC = (0, 1, 2, 3)


class ExitCode(NamedTuple):
    """One code: what it means for every command, and what to do about it."""

    code: int
    meaning: str
    action: str


CODES = (
    ExitCode(0, "Success. For a check: every manifest was read, every policy was judged, and nothing fails.", "Nothing."),
    ExitCode(
        1,
        "Findings. For a check: at least one finding has a severity of `--fail-on` (default `error`) or higher.",
        "Fix the findings or [waive](../waivers.md) them. `shipcheck explain POLICY` says more about a policy.",
    ),
    ExitCode(
        2,
        "Usage error: the command line or the [settings](settings.md) are wrong.",
        "Correct what the message names. `shipcheck COMMAND --help` lists the options.",
    ),
    ExitCode(
        3,
        "Not judged: a file is malformed, missing or unreadable, or there was nothing to judge. This is not a pass.",
        "Fix every problem that the output lists and run the command again.",
    ),
    ExitCode(4, "Internal error: a bug in shipcheck. Nothing was judged.", "Report the lines that shipcheck printed."),
    ExitCode(130, "Interrupted, for example by Ctrl-C.", "Run the command again."),
)


def exit_codes_page() -> str:
    """The whole page."""
    lines = [
        NOTICE.format(source="tools/exit_code_pages.py or the help of a command"),
        "# Exit codes",
        "",
        "Every command uses the same codes, and only 0 means success.",
        "",
        "| code | meaning | what to do |",
        "|---|---|---|",
        *(f"| {item.code} | {item.meaning} | {item.action} |" for item in CODES),
        "",
        "With `--exit-zero`, `shipcheck check` exits with 0 instead of 1. The report and every other code are unchanged.",
        "",
        "## By command",
        "",
        "These commands say in their help what a code means for them. For all others the table above is enough.",
        "",
        f"| command | {' | '.join(map(str, _SPECIFIC))} |",
        f"|---|{'---|' * len(_SPECIFIC)}",
    ]
    for name, codes in codes_by_command().items():
        lines.append(f"| `shipcheck {name}` | {' | '.join(codes.get(code, '') for code in _SPECIFIC)} |")
    return "\n".join(lines) + "\n"


def codes_by_command() -> dict[str, dict[int, str]]:
    """The exit codes in the help of each command that has any there, by its name."""
    found = {}
    for name, command in _commands(group, ""):
        block = _BLOCK.search(cleandoc(command.help or "").replace("\b\n", ""))
        if block:
            found[name] = {int(code): meaning for code, meaning in _LINE.findall(block[1])}
    return found


def _commands(parent: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(parent)
    for name in parent.list_commands(context):
        command = parent.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        elif command is not None:
            yield f"{before}{name}", command
