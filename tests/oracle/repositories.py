"""Random worlds as whole repositories: manifests, settings and a pack of their own, judged from bytes to report."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from textwrap import indent
from typing import Any

from tests.oracle.generator import random_world
from tests.oracle.rules import Rule
from tests.oracle.worlds import World, union
from tests.support.running import write
from tests.support.worlds import TODAY

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.report.check.json import render as render_json

SETTINGS = ".shipcheck/settings.yaml"
HEAD = "pack: local\nversion: 1.0.0\ndescription: Policies that the oracles judge too.\n"
ONLY_LOCAL = "shipcheck: 1\npacks: [local]\n"


def policy_id(rule: Rule) -> str:
    """A rule's name as a policy has it."""
    return re.sub(r"[^a-z0-9]+", "-", rule.name)


def policies_text(rules: Iterable[Rule]) -> str:
    """Rules as the policies of a pack's file."""
    made = [f"id: {policy_id(rule)}\ntitle: Rule {rule.name}\nwhy: Because.\n{rule.text}" for rule in rules]
    return "policies:\n" + "".join(f"  - {indent(text, '    ').lstrip()}\n" for text in made)


def world_of(seed: int, islands: int = 3) -> World:
    """A random world of some parts."""
    return union([random_world(Random(seed * 100 + number), f"i{number}-") for number in range(islands)])  # noqa: S311


def files_of(world: World, rules: Iterable[Rule]) -> dict[str, str]:
    """The files of a repository that declares the world and judges it by the rules."""
    return {
        "shipcheck.yaml": world.text(),
        SETTINGS: ONLY_LOCAL,
        ".shipcheck/local/pack.yaml": HEAD + policies_text(rules),
    }


def judge(folder: Path, files: Mapping[str, str], *policies: str, fail_on: Severity | None = None) -> Report:
    """The report on a repository with these files."""
    write(folder, files)
    return check(CheckRequest(folder, TODAY, policies, fail_on))


def as_json(report: Report) -> dict[str, Any]:
    """The report as programs read it."""
    read: dict[str, Any] = json.loads(render_json(report))
    return read
