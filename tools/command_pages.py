"""The generated page of the command line, and the table of commands in the README."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import click

from format_pages import about
from reference_pages import NOTICE
from shipcheck.cli.commands import COMMANDS
from shipcheck.cli.declare import DeclaredCommand
from shipcheck.report.formats import FORMATS, JSON

PAGE = "docs/reference/cli.md"


def commands_page() -> str:
    """Every command with its options, formats, examples and exit codes."""
    lines = [
        NOTICE.format(source="the command in src/shipcheck/cli"),
        "# Command line",
        "",
        "`shipcheck COMMAND --help` prints the same. Every command that works on a repository takes `--root DIR`, and `--from`",
        "always names the state of that repository to read. See also [exit codes](exit-codes.md).",
        "",
        *_contents(),
    ]
    for name, command in declared_commands():
        lines += _section(name, command)
    return "\n".join(lines).rstrip("\n") + "\n"


def commands_table() -> str:
    """The commands on a row each, for the README."""
    rows = [f"| {_link(name, PAGE)} | {summary}{_guide(guide)} |" for name, summary, guide, _ in COMMANDS]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def anchor_of(name: str) -> str:
    """The anchor of a command's section."""
    return f"shipcheck-{name.replace(' ', '-')}"


def _link(name: str, page: str = "") -> str:
    return f"[`shipcheck {name}`]({page}#{anchor_of(name)})"


def _guide(page: str) -> str:
    return f" ([guide]({page}))" if page else ""


def _contents() -> Iterator[str]:
    yield from (f"- {_link(command.name)}: {command.summary}" for command in COMMANDS)
    yield ""


def _section(name: str, command: DeclaredCommand) -> Iterator[str]:
    entry = next(each for each in COMMANDS if each.name == name)
    yield from (f"## shipcheck {name}", "", entry.summary, "", "```sh", _usage(name, command), "```", "")
    if entry.alias_of:
        yield from (f"The same as {_link(entry.alias_of)}.", "")
        return
    yield from _details(command)
    options = list(_options(command))
    if options:
        yield from ("| option | meaning |", "|---|---|", *options, "")
    yield from _formats(name)
    yield from ("Examples:", "", "```sh", *command.examples, "```", "")
    yield from ("| exit code | meaning |", "|---|---|")
    yield from (f"| {int(code)} | {text} |" for code, text in command.exits.items())
    yield ""
    if entry.guide:
        yield from (f"Guide: [{entry.guide}](../{entry.guide.removeprefix('docs/')})", "")


def _usage(name: str, command: DeclaredCommand) -> str:
    pieces = command.collect_usage_pieces(click.Context(command))
    return " ".join(["shipcheck", name, *pieces])


def _details(command: DeclaredCommand) -> Iterator[str]:
    """The paragraphs after the first; a block that click does not wrap is one of code."""
    for paragraph in (command.help or "").split("\n\n")[1:]:
        if paragraph.startswith("\b\n"):
            yield from ("```text", paragraph.removeprefix("\b\n"), "```", "")
        else:
            yield from (" ".join(paragraph.split("\n")), "")


def _options(command: DeclaredCommand) -> Iterator[str]:
    context = click.Context(command)
    for parameter in command.get_params(context):
        record: Any = parameter.get_help_record(context)
        if record is not None and record[1] and parameter.name != "help":
            yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("  [", " [")


def _formats(name: str) -> Iterator[str]:
    """What each format is, and where the shape of the JSON is published."""
    formats = FORMATS.get(name, {})
    if len(formats) > 1:
        yield from ("| format | what it is |", "|---|---|")
        for form in formats.values():
            schema = f" ([schema](../../{form.schema}))" if form.name == JSON else ""
            yield f"| `{form.name}` | {about(form).partition(chr(10))[0]}{schema} |"
        yield ""


def declared_commands() -> Iterator[tuple[str, DeclaredCommand]]:
    """Every command with its name, as its module declares it."""
    for command in COMMANDS:
        yield command.name, import_module(command.module).command
