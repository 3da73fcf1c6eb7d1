"""Commands to run, and how each checkout spells them: names and options may differ between two revisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# What a command or an option may be called, newest first, where two revisions differ. "PATH" is the argument.
COMMANDS: Mapping[str, tuple[str, ...]] = {}
OPTIONS: Mapping[str, tuple[str, ...]] = {"--root": ("--root", "--repository", "--path", "PATH")}


class SpellingError(Exception):
    """A checkout has no such command or option."""


@dataclass(frozen=True)
class Call:
    """A command with its arguments.

    `form` is the value of `--format`, empty where there is none. `outside` runs it in the folder above and names the repository.
    The output of a call with `code_only` is wording throughout.
    Without a command the arguments are the whole command line, as they are.
    """

    command: str
    form: str = ""
    arguments: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    outside: bool = False
    code_only: bool = False

    def __str__(self) -> str:
        options = [part for option in self.every_option("ROOT") for part in option]
        return " ".join([*self.command.split(), *self.arguments, *options])

    def every_option(self, root: str) -> tuple[tuple[str, str], ...]:
        """All options; `root` is the name of the repository's folder."""
        form = (("--format", self.form),) if self.form else ()
        return (*form, *self.options, *((("--root", root),) if self.outside else ()))


class Spelling:
    """How one checkout spells calls, from the help of its commands."""

    def __init__(self, helps: Mapping[str, str]) -> None:
        self._helps = helps

    def argv(self, call: Call, root: str) -> list[str]:
        """The command line of a call.

        Raises:
            SpellingError: the checkout lacks the command or an option.
        """
        if not call.command:
            return list(call.arguments)
        command = next((name for name in spellings(call.command) if self._helps.get(name)), None)
        if command is None:
            raise SpellingError(f"no command '{call.command}'")
        positional, options = list(call.arguments), list[str]()
        for option, value in call.every_option(root):
            name = self._option(command, option)
            if name == "PATH":
                positional.append(value)
            else:
                options += [name, value]
        return [*command.split(), *positional, *options]

    def _option(self, command: str, option: str) -> str:
        text = self._helps[command]
        for name in OPTIONS.get(option, (option,)):
            if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                return name
        raise SpellingError(f"no option '{option}' of '{command}'")


def spellings(command: str) -> tuple[str, ...]:
    """Every name of a command."""
    return COMMANDS.get(command, (command,))
