"""Every command, by the words typed after `shipcheck`: help, completion, README and the reference page are built from these."""

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """One command: its help in one line, and a page that shows how to use it. An alias shares the module of another command."""

    name: str
    summary: str
    guide: str = ""
    alias_of: str = ""

    @property
    def module(self) -> str:
        """The module that declares it."""
        return f"shipcheck.cli.{(self.alias_of or self.name).replace(' ', '_').replace('-', '_')}"


GROUPS: Mapping[str, str] = {
    "waivers": "List, check and prune waivers.",
    "baseline": "Waive all current findings, so that only new ones fail.",
    "new": "Create manifests from a pack's template.",
    "policy": "Write, check, test and explain policies.",
    "pack": "Add, inspect, compare, test and publish packs.",
}

_TEST = "Run the tests of packs, with coverage and mutation testing."

COMMANDS = (
    Command("check", "Check a repository against its policies.", "docs/pull-requests.md"),
    Command("discover", "Find the AI components that are in the code.", "docs/discover.md"),
    Command("explain", "Explain a policy: why it exists, what it requires, what fails it and what passes."),
    Command("why", "Explain why one component can or cannot reach another.", "docs/policies.md"),
    Command("waive", "Waive one finding until a given date.", "docs/waivers.md"),
    Command("waivers list", "List waivers and their state.", "docs/waivers.md"),
    Command("waivers check", "List waivers that need attention: expired, insufficient or unused.", "docs/waivers.md"),
    Command("waivers prune", "Remove unused waivers.", "docs/waivers.md"),
    Command("baseline create", "Waive every finding that fails the check today.", "docs/waivers.md"),
    Command(
        "baseline extend", "Waive the findings that stricter rules bring, in the change that brings them.", "docs/waivers.md"
    ),
    Command("baseline prune", "Remove fixed findings from the baseline.", "docs/waivers.md"),
    Command("graph", "Print the graph of a repository."),
    Command("settings", "Show the effective settings and where each value comes from.", "docs/packs.md"),
    Command("schema", "Print the JSON Schema of manifests, with the fields of the packs in use.", "docs/packs.md"),
    Command("new use-case", "Create the manifests of a use case from a pack's template.", "docs/packs.md"),
    Command("policy explain", "Explain policies in plain English, with their cost, inputs and tests.", "docs/policies.md"),
    Command("policy check", "Find errors and likely mistakes in packs.", "docs/policies.md"),
    Command("policy test", _TEST, "docs/testing-policies.md"),
    Command("policy example", "Generate the smallest manifests that fail and pass a policy.", "docs/testing-policies.md"),
    Command("policy new", "Create a policy with its tests and its page.", "docs/testing-policies.md"),
    Command("doctor", "Check that CI and hooks run shipcheck and that nothing bypasses it.", "docs/ci.md"),
    Command("pack add", "Add a pack to a repository.", "docs/publishing-packs.md"),
    Command("pack update", "Update packs from their sources.", "docs/packs.md"),
    Command("pack list", "List the packs in use.", "docs/packs.md"),
    Command("pack show", "Show the contents of a pack.", "docs/packs.md"),
    Command("pack verify", "Verify committed packs against the lock file.", "docs/packs.md"),
    Command("pack diff", "Compare two versions of a pack, and what each finds in repositories.", "docs/packs.md"),
    Command("pack test", _TEST, "docs/testing-policies.md", alias_of="policy test"),
    Command("pack lint", "Find what must be fixed before a pack is released.", "docs/packs.md"),
    Command("pack publish", "Publish a pack to a registry or an archive.", "docs/publishing-packs.md"),
    Command("pack sign", "Sign a pack.", "docs/publishing-packs.md"),
    Command("pack keygen", "Generate a key for signing packs.", "docs/publishing-packs.md"),
    Command("completion", "Print the completion script for a shell."),
)


def command_named(name: str) -> Command:
    """The command of that name."""
    return next(command for command in COMMANDS if command.name == name)


def commands_below(group: str) -> dict[str, str]:
    """The names of the commands and groups in a group, empty for the top, each with its help in one line."""
    summaries: dict[str, str] = {}
    for command in COMMANDS:
        above, _, rest = command.name.rpartition(" ")
        if above == group:
            summaries[rest] = command.summary
        elif not group:
            summaries[above] = GROUPS[above]
    return summaries
