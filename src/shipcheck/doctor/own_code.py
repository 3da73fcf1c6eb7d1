"""What lets code of the pull request run in place of the tool: modules of the checkout, and variables that load code."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shipcheck.doctor.nodes import entries, items, value
from shipcheck.doctor.shell_parser import Command, UnclearError, commands_of
from shipcheck.model.document import Node, Scalar

_PYTHON = re.compile(r"(?:.*[/\\])?(?:python|py)(?:\d(?:\.\d+)?)?(?:\.exe)?")
# Isolated, or at least without the folder that the command runs in.
_ISOLATED = re.compile(r"-[A-Za-z]*[IP][A-Za-z]*")
_VALUED = frozenset({"-W", "-X"})
_VARIABLES = frozenset(
    {
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "PYTHONUSERBASE",
        "BASH_ENV",
        "ENV",
        "LD_PRELOAD",
        "LD_AUDIT",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
    }
)


class OwnCode(NamedTuple):
    """What lets it run: the piece of the file, why, and what to do."""

    piece: str
    text: str
    fix: str


def own_code_of(scripts: Iterable[str]) -> OwnCode | None:
    """The first command of the scripts that may run code of the checkout; a script that is unclear says nothing."""
    for script in scripts:
        try:
            commands = commands_of(script)
        except UnclearError:
            continue
        for command in commands:
            if found := _module(command.texts) or _assignment(command):
                return found
    return None


def variable_of(*maps: Node | None) -> tuple[Scalar, OwnCode] | None:
    """The first variable that loads code, with its key."""
    for node in maps:
        # Azure Pipelines also takes a list of names and values.
        listed = [name for item in items(node) if isinstance(name := value(item, "name"), Scalar)]
        for key in (*listed, *(key for key, _ in entries(node))):
            if key.text.upper() in _VARIABLES:
                return key, _loads(key.text)
    return None


def _module(words: Sequence[str]) -> OwnCode | None:
    """`python -m NAME` looks for the module in the folder that it runs in first."""
    start = next((number for number, word in enumerate(words) if _PYTHON.fullmatch(word)), None)
    if start is None:
        return None
    options = iter(words[start + 1 :])
    for word in options:
        if word in _VALUED:
            next(options, "")
        elif word.startswith("-m"):
            name = word.removeprefix("-m") or next(options, "")
            text = f"'python -m {name}' runs a file {name}.py of the pull request, if it adds one"
            return OwnCode(word, text, f"Add -I: python -I -m {name}.")
        elif _ISOLATED.fullmatch(word) or not word.startswith("-"):
            return None
    return None


def _assignment(command: Command) -> OwnCode | None:
    names = (word.text.partition("=")[0] for word in command.words if "=" in word.text)
    return next((_loads(name) for name in names if name in _VARIABLES), None)


def _loads(name: str) -> OwnCode:
    return OwnCode(name, f"{name} can load code of the pull request", f"Remove {name}.")
