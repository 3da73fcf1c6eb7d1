"""What a tool found, in one shape for shipcheck and its rivals."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from discovery.truths import Place

SHIPCHECK = [sys.executable, "-m", "shipcheck", "discover", "--format", "json", "--root"]


class Lines(NamedTuple):
    """A stretch of a file, from its first line to its last."""

    path: str
    line: int
    end: int


class FoundLink(NamedTuple):
    """A link between what was found, by key; without a target, `value` is what the code has there."""

    source: str
    link: str
    target: str
    value: str


class FoundEffect(NamedTuple):
    """An effect that was found in the body of the component `key`."""

    key: str
    effect: str
    lines: Lines
    call: str


@dataclass(frozen=True, slots=True)
class Found:
    """A component that was found, at one or more places; a rival may give none."""

    kind: str
    key: str
    names: frozenset[str]
    places: tuple[Place, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a tool found in a repository, how long it took in seconds of processor time, or why it has no answer."""

    found: tuple[Found, ...] = ()
    links: tuple[FoundLink, ...] = ()
    effects: tuple[FoundEffect, ...] = ()
    seconds: float = 0.0
    failed: str = ""


def discover(root: Path) -> Findings:
    """What `shipcheck discover` prints for a repository, in a process of its own."""
    before = children_seconds()
    done = subprocess.run([*SHIPCHECK, str(root)], capture_output=True, check=False)
    seconds = children_seconds() - before
    if done.returncode not in {0, 3} or not done.stdout:
        return Findings(seconds=seconds, failed=f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return findings_of(json.loads(done.stdout), seconds)


def findings_of(report: Mapping[str, Any], seconds: float = 0.0) -> Findings:
    """The findings of a report of `shipcheck discover --format json`.

    Components that the report counts as aside are taken too: some truths are of folders of examples.
    """
    components = [*report["components"], *report["aside"]]
    found = [Found(each["kind"], each["key"], _names(each), tuple(_places(each)), each["name"]) for each in components]
    return Findings((*found, *_gates(components)), tuple(_links(components)), tuple(_effects(components)), seconds)


def _names(component: Mapping[str, Any]) -> frozenset[str]:
    """Its name, and its symbol with and without the names of what it is in."""
    symbol = component["key"].partition("#")[2]
    return frozenset(name for name in (component["name"], symbol, symbol.rpartition(".")[2]) if name)


def _places(component: Mapping[str, Any]) -> Iterator[Place]:
    for place in (component["location"], *component["also"]):
        yield Place(place["path"], place["line"])


def _gates(components: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
    """Gates that are found on actions and agents; one that is in one place for several of them is one gate."""
    known = {
        (place["path"], place["line"])
        for each in components
        if each["kind"] == "gate"
        for place in (each["location"], *each["also"])
    }
    seen: dict[tuple[str, int], set[str]] = {}
    for gate in (gate for component in components for gate in component["gates"] if not gate["takes_away"]):
        seen.setdefault((gate["location"]["path"], gate["location"]["line"]), set()).add(gate["name"])
    for (path, line), names in seen.items():
        if (path, line) in known:
            continue
        yield Found("gate", f"candidate:{path}:{line}", frozenset(names), (Place(path, line),), " ".join(sorted(names)))


def _links(components: Sequence[Mapping[str, Any]]) -> Iterator[FoundLink]:
    for component in components:
        for link in component["links"]:
            yield FoundLink(component["key"], link["link"], link["to"] or "", link["known"]["value"] or "")


def _effects(components: Sequence[Mapping[str, Any]]) -> Iterator[FoundEffect]:
    for component in components:
        for each in component["effects"] or ():
            place = each["location"]
            lines = Lines(place["path"], place["line"], max(place["line"], place["end_line"]))
            yield FoundEffect(component["key"], each["effect"], lines, each["call"])


def children_seconds() -> float:
    """Processor time in seconds of all processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system
