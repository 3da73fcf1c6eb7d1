"""What CI services read out of a log, written from how their runners parse it."""

import re
from collections.abc import Callable
from typing import NamedTuple

LINES = re.compile("\r\n|\r|\n")


class Command(NamedTuple):
    """A command that a runner would carry out."""

    name: str
    properties: dict[str, str]
    message: str


def github_commands(log: str) -> list[Command]:
    """What the runner of GitHub Actions takes for a command: `::name k=v::message`, and `##[name k=v;]message` anywhere."""
    found = []
    for line in LINES.split(log):
        command = _github_new(line.lstrip()) or _github_old(line)
        if command:
            found.append(command)
    return found


def _github_new(line: str) -> Command | None:
    head, sign, message = line.removeprefix("::").partition("::")
    if not line.startswith("::") or not sign:
        return None
    name, _, written = head.strip().partition(" ")
    return Command(name, _properties(written.strip(), ",", _github_value), _github_data(message))


def _github_old(line: str) -> Command | None:
    start = line.lower().find("##[")
    end = line.find("]", start)
    return Command(line[start + 3 : end], {}, line[end + 1 :]) if 0 <= start < end else None


def _github_data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _github_value(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


def azure_commands(log: str) -> list[Command]:
    """What the agent of Azure Pipelines takes for a command: `##vso[area.event k=v;]message` anywhere in a line."""
    found = []
    for line in LINES.split(log):
        start = line.lower().find("##vso[")
        end = line.find("]", start)
        if 0 <= start < end:
            name, _, written = line[start + 6 : end].partition(" ")
            found.append(Command(name, _properties(written, ";", _azure_value), _azure_data(line[end + 1 :])))
    return found


def _azure_data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%")


def _azure_value(text: str) -> str:
    return text.replace("%3B", ";").replace("%5D", "]").replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%")


def _properties(written: str, between: str, decode: Callable[[str], str]) -> dict[str, str]:
    pairs = (part.partition("=") for part in written.split(between) if part)
    return {key: decode(value) for key, _, value in pairs}
