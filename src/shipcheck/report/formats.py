"""Every output of every command, by command and format: what `--format` offers, and what the tests and the documents go through.

A format is the module `report/<command>/<format>.py` with a function `render`. It is loaded when it is asked for, because imports
are most of a small run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from shipcheck.report.style import PLAIN, Style

TEXT, JSON = "text", "json"
_PACKAGE = "shipcheck.report"


@dataclass(frozen=True, slots=True)
class Format:
    """One form in which a command prints what it found.

    `command` is the command whose modules are used. With `appends` its lines may follow another report on standard output: a CI
    runner reads them wherever they are in the log.
    """

    command: str
    name: str
    appends: bool = False

    @property
    def module(self) -> str:
        """The module with the function `render`."""
        return f"{_PACKAGE}.{self.command.replace(' ', '_').replace('-', '_')}.{self.name}"

    @property
    def schema(self) -> str:
        """The published schema of a JSON output, by its path in the checkout."""
        return f"schemas/output/{self.command.replace(' ', '-')}.schema.json"

    def render(self, value: Any, style: Style = PLAIN) -> str:
        """What the command found, as this format prints it."""
        text: str = import_module(self.module).render(value, style)
        return text


def _of(command: str, *names: str, appending: tuple[str, ...] = ()) -> dict[str, Format]:
    return {name: Format(command, name, name in appending) for name in names}


_CHECK = (
    TEXT,
    "concise",
    JSON,
    "sarif",
    "junit",
    "github",
    "gitlab",
    "azure",
    "markdown",
)
_POLICY_TEST = _of("policy test", TEXT, JSON, "junit")
_PACK_ADD = _of("pack add", TEXT)
_BASELINE = _of("baseline create", TEXT)
_PRUNE = _of("waivers prune", TEXT)

# The first format of a command is its default.
FORMATS: Mapping[str, Mapping[str, Format]] = {
    "check": _of("check", *_CHECK, appending=("github", "azure")),
    "discover": _of("discover", TEXT, "markdown", "csv", JSON),
    "explain": _of("explain", TEXT),
    "why": _of("why", TEXT, JSON),
    "waive": _of("waive", TEXT),
    "waivers list": _of("waivers list", TEXT, JSON),
    "waivers check": _of("waivers check", TEXT),
    "waivers prune": _PRUNE,
    "baseline create": _BASELINE,
    "baseline extend": _BASELINE,
    "baseline prune": _PRUNE,
    "graph": _of("graph", "dot", "mermaid", JSON),
    "settings": _of("settings", TEXT, JSON),
    "schema": _of("schema", "draft07"),
    "new use-case": _of("new use-case", TEXT),
    "policy explain": _of("policy explain", TEXT, JSON),
    "policy check": _of("policy check", TEXT, "concise", JSON),
    "policy test": _POLICY_TEST,
    "policy example": _of("policy example", TEXT),
    "policy new": _of("policy new", TEXT),
    "doctor": _of("doctor", TEXT, JSON),
    "pack add": _PACK_ADD,
    "pack update": _PACK_ADD,
    "pack list": _of("pack list", TEXT, JSON),
    "pack show": _of("pack show", TEXT, JSON),
    "pack verify": _of("pack verify", TEXT),
    "pack diff": _of("pack diff", TEXT, JSON),
    "pack test": _POLICY_TEST,
    "pack lint": _of("pack lint", TEXT, JSON),
    "pack publish": _of("pack publish", TEXT),
    "pack sign": _of("pack sign", TEXT),
    "pack keygen": _of("pack keygen", TEXT),
}


def render(command: str, name: str, value: Any, style: Style = PLAIN) -> str:
    """What a command found, in one of its formats."""
    return FORMATS[command][name].render(value, style)
