"""Every command of the registry is in the help, the README, the reference page and the completion, and no other module is one."""

import re
import shlex
from importlib import import_module
from inspect import cleandoc, signature
from pathlib import Path

import click
import pytest
from tests.support.running import run

from shipcheck.cli.commands import COMMANDS, GROUPS, Command, commands_below
from shipcheck.cli.declare import DeclaredCommand
from shipcheck.cli.group import group
from shipcheck.errors import ExitCode
from shipcheck.report.formats import FORMATS, JSON, TEXT, Format

ROOT = Path(__file__).resolve().parents[2]
CLI = ROOT / "src/shipcheck/cli"
PAGE = (ROOT / "docs/reference/cli.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
# What it prints is a script that click writes.
NO_REPORT = {"completion"}
# Each works on a folder that it is given, or on nothing.
NO_ROOT = {"policy new", "pack publish", "pack sign", "pack keygen", "completion"}
PAIRS = {f"{command} --format {form.name}": form for command, forms in FORMATS.items() for form in forms.values()}


def declared(command: Command) -> DeclaredCommand:
    found = import_module(command.module).command
    assert isinstance(found, DeclaredCommand), command.module
    return found


def named(name: str) -> click.Command | None:
    """The command as the program finds it."""
    found: click.Command | None = group
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_in_the_help_the_documents_and_the_completion(command: Command, tmp_path: Path) -> None:
    found = declared(command)
    assert named(command.name) is found
    assert command.summary.endswith(".")
    assert command.alias_of or (found.help or "").startswith(f"{command.summary}\n\n")
    link = f"shipcheck-{command.name.replace(' ', '-')}"
    assert f"| [`shipcheck {command.name}`](docs/reference/cli.md#{link}) | {command.summary}" in README
    assert f"\n## shipcheck {command.name}\n\n{command.summary}\n" in PAGE
    assert not command.guide or (ROOT / command.guide).is_file()
    above, _, last = command.name.rpartition(" ")
    words = f"shipcheck {above} ".replace("  ", " ")
    done = run(tmp_path, COMP_WORDS=words, COMP_CWORD=str(len(words.split())), _SHIPCHECK_COMPLETE="bash_complete")
    assert f"plain,{last}" in done.stdout.splitlines()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_says_what_each_exit_code_means(command: Command, tmp_path: Path) -> None:
    done = run(tmp_path, *command.name.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    codes = re.findall(r"^  (\d+)  ", done.stdout.partition("Exit codes:\n")[2], re.MULTILINE)
    assert codes == [str(int(code)) for code in declared(command).exits]
    assert {str(int(code)) for code in (ExitCode.PASS, ExitCode.USAGE, ExitCode.NOT_JUDGED, ExitCode.INTERNAL)} <= set(codes)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_of_a_command_can_be_parsed(command: Command) -> None:
    found = declared(command)
    assert found.examples
    for example in found.examples:
        words = shlex.split(re.split(r" [|>] ", example)[0])
        name = (command.alias_of or command.name).split()
        assert words[: len(name) + 1] == ["shipcheck", *name], example
        with found.make_context(command.name, words[len(name) + 1 :]):
            pass


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_names_the_repository_by_root_and_formats_by_the_registry(command: Command) -> None:
    options = {option: each for each in declared(command).params for option in each.opts}
    assert ("--root" in options) == (command.name not in NO_ROOT)
    assert not options.keys() & {"--repository", "--path"}
    assert ("path" in options) == (command.name in {"check", "discover"})
    forms = FORMATS.get(command.name, {})
    assert bool(forms) == (command.name not in NO_REPORT)
    if "--format" in options:
        choice = options["--format"].type
        assert isinstance(choice, click.Choice)
        assert list(choice.choices) == list(forms)
    else:
        assert list(forms) in ([], [TEXT])
    if "--from" in options:
        assert options["--from"].metavar == "worktree|index|REVISION"


def test_every_module_of_a_command_is_registered_and_every_group_has_commands() -> None:
    modules = {f"shipcheck.cli.{path.stem}" for path in CLI.glob("*.py") if "@declare(" in path.read_text("utf-8")}
    assert modules == {command.module for command in COMMANDS}
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert all(commands_below(name) for name in GROUPS)
    assert FORMATS.keys() <= {command.name for command in COMMANDS}


def test_nothing_is_printed_past_the_registry() -> None:
    """A command prints through `show` and `show_problems`; the few that write are the rooms of output themselves."""
    writing = {
        path.name
        for path in CLI.glob("*.py")
        if re.search(r"click\.(echo|secho)|sys\.stdout|(?<!formatter\.)\bwrite\(|print\(", path.read_text("utf-8"))
    }
    assert writing == {"completion.py", "deliver.py", "entry.py", "output.py", "run.py"}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_format_is_a_module_with_one_function_of_the_same_signature(pair: str) -> None:
    form = PAIRS[pair]
    others = list(FORMATS[form.command].values())
    parameters = [list(signature(import_module(each.module).render).parameters.values()) for each in others]
    assert {len(each) for each in parameters} == {2}
    assert len({each[0].annotation for each in parameters}) == 1, "the formats of a command print the same type"
    assert {each[1].name.lstrip("_") for each in parameters} == {"style"}
    assert {signature(import_module(each.module).render).return_annotation for each in others} == {str}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_format_is_documented_by_what_its_module_says(pair: str) -> None:
    form = PAIRS[pair]
    about = cleandoc(import_module(form.module).__doc__ or "").partition("\n")[0]
    assert about.endswith((".", ")."))
    if form.command == "check":
        assert f"\n### {form.name}\n\n{about}\n" in (ROOT / "docs/outputs.md").read_text("utf-8")
    elif len(FORMATS[form.command]) > 1:
        assert f"\n| `{form.name}` | {about}" in PAGE


def test_every_module_of_a_format_is_registered() -> None:
    known = {form.module for form in PAIRS.values()}
    found = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        for path in (ROOT / "src/shipcheck/report").glob("*/*.py")
        if re.search(r"^def render\(|import render$", path.read_text("utf-8"), re.MULTILINE)
    }
    assert known == found


@pytest.mark.parametrize("form", [form for form in PAIRS.values() if form.name == JSON], ids=lambda form: form.command)
def test_every_json_output_has_a_schema_that_the_reference_page_names(form: Format) -> None:
    assert (ROOT / form.schema).is_file()
    assert f"(../../{form.schema})" in PAGE


def test_every_schema_of_an_output_has_an_output() -> None:
    known = {form.schema for form in PAIRS.values() if form.name == JSON}
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas/output").iterdir()} == known
