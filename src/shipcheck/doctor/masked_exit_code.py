"""A run of `shipcheck check` in a script: its options, and whether its exit code becomes that of the script."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shipcheck.doctor.shell_parser import Command, Word

_PROGRAM = re.compile(r"(?:.*[/\\])?shipcheck(?:\.exe)?(?:[=@].*)?")
_RUNNERS = frozenset({"python", "python3", "py", "uv", "uvx", "pipx", "poetry", "pdm", "hatch", "env", "timeout", "nice", "time"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_VALUED = frozenset({"--base", "--from", "--format", "--policy", "--fail-on", "--as-of", "--color", "--output", "--root"})


class Options(NamedTuple):
    """The options of a run of the check, in order, words that could be any option, and the folders it is asked for."""

    given: tuple[tuple[str, str], ...]
    unclear: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """The values of an option; for a flag, an empty one for each time it is given."""
        return tuple(value for option, value in self.given if option == name)


class MaskedFailure(NamedTuple):
    """Why a failure of the check does not fail the script: the piece of the script that masks it, and its effect."""

    piece: str
    text: str


def check_words(command: Command) -> tuple[Word, ...] | None:
    """The words after `shipcheck check`; None if the command is something else."""
    words = list(command.words)
    while words and _ASSIGNMENT.match(words[0].text):
        words.pop(0)
    for number in range(len(words) - 1):
        if _PROGRAM.fullmatch(words[number].text) and words[number + 1].text == "check":
            runner = words[0].text.replace("\\", "/").rpartition("/")[2]
            known = number == 0 or runner in _RUNNERS
            return tuple(words[number + 2 :]) if known else None
    return None


def options_of(words: Sequence[Word]) -> Options:
    """The options in the words after `shipcheck check`."""
    given: list[tuple[str, str]] = []
    unclear: list[str] = []
    paths: list[str] = []
    waiting = ""
    for word in words:
        name, sign, value = word.text.partition("=")
        if waiting:
            given.append((waiting, word.text))
            waiting = ""
        elif name in _VALUED:
            waiting = "" if sign else name
            given += [(name, value)] if sign else []
        elif word.expands:
            unclear.append(word.text)
        elif name.startswith("-"):
            given.append((word.text, ""))
        else:
            paths.append(word.text)
    return Options(tuple(given), tuple(unclear), tuple(paths))


class Shell(NamedTuple):
    """How a service starts its shell: whether the first failing command ends the script, also within a pipe."""

    errexit: bool
    pipefail: bool = False


def masked_failure(commands: Sequence[Command], at: int, shell: Shell) -> MaskedFailure | None:
    """What keeps a failure of the command at that place from failing the script, or None."""
    shell = _set_before(commands[:at], shell)
    command = commands[at]
    end = _end_of_list(commands, at)
    if any(other.after == "||" for other in commands[_start_of_list(commands, at) : at]):
        return MaskedFailure("||", "the check runs only if the command before '||' fails")
    if command.after == "&":
        return MaskedFailure("&", "the check runs in the background, and its exit code is ignored")
    piped = [other for other in commands[at:end] if other.after in {"|", "|&"}]
    if piped and not shell.pipefail:
        return MaskedFailure("|", "a pipe returns the exit code of its last command, not of the check")
    otherwise = next((number + 1 for number in range(at, end) if commands[number].after == "||"), None)
    if otherwise is not None and _ends_the_script(commands[otherwise]):
        return None
    if otherwise is not None and (otherwise < end or commands[otherwise].texts != ("false",)):
        return MaskedFailure("||", "the command after '||' masks the failure")
    listed = any(other.after == "&&" for other in (*commands[_start_of_list(commands, at) : at], *commands[at:end]))
    last = end == len(commands) - 1
    if not last and listed:
        return MaskedFailure("&&", "a failing list with '&&' does not end the script, and more commands follow")
    if not last and not shell.errexit:
        return MaskedFailure("", "more commands follow, and the step returns the exit code of the last one; write 'set -e' first")
    return None


def _ends_the_script(command: Command) -> bool:
    """Whether the command ends the script with a failure; without a code, `exit` returns the previous one."""
    name, *codes = command.texts
    if name != "exit" or len(codes) > 1:
        return False
    return not codes or codes == ["$?"] or (codes[0].isdecimal() and codes[0].isascii() and int(codes[0]) % 256 != 0)


def _end_of_list(commands: Sequence[Command], at: int) -> int:
    while commands[at].after in {"&&", "||", "|", "|&"} and at + 1 < len(commands):
        at += 1
    return at


def _start_of_list(commands: Sequence[Command], at: int) -> int:
    while at and commands[at].before in {"&&", "||", "|", "|&"}:
        at -= 1
    return at


def _set_before(commands: Sequence[Command], shell: Shell) -> Shell:
    """The shell options at the check; a command that may not run there can only remove options, not set them."""
    for command in commands:
        if command.texts[0] == "set":
            after = _set(command.texts[1:], shell)
            surely = command.before in {"", ";"} and command.after not in {"|", "|&", "&"}
            shell = after if surely else Shell(shell.errexit and after.errexit, shell.pipefail and after.pipefail)
    return shell


def _set(words: Sequence[str], shell: Shell) -> Shell:
    for number, word in enumerate(words):
        on = word.startswith("-")
        if not on and not word.startswith("+"):
            continue
        named = words[number + 1] if "o" in word and number + 1 < len(words) else ""
        if "e" in word or named == "errexit":
            shell = shell._replace(errexit=on)
        if named == "pipefail":
            shell = shell._replace(pipefail=on)
    return shell
