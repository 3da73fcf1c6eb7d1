"""Truths: what a person found by reading a repository, one YAML file each under `truths/`.

A truth names the repository, the commit, the folders that were read (`scope`), the beginnings of paths in them that were not
(`left_out`), and lists of `components`, `links` and `effects`. `control: true` marks a repository without any AI component, in
which every hit is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "truths"
KINDS = ("agent", "action", "model", "gate", "prompt", "tool_server")
LINKS = ("calls", "delegates_to", "runs_on")
OTHER_LINKS = ("guarded_by", "connects_to")
# The kind of an end that a link always has.
_IMPLIED = {
    ("calls", "to"): "action",
    ("runs_on", "to"): "model",
    ("guarded_by", "to"): "gate",
    ("connects_to", "to"): "tool_server",
}
COMMIT = re.compile(r"[0-9a-f]{40}")
# A model id with the provider before it, such as openai:gpt-4.1 or google/gemini-2.5-flash.
_PROVIDER = re.compile(r"[a-z_-]+[:/](?P<id>.+)")


class Place(NamedTuple):
    """A line of a file, as a path from the root of the repository."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A component of a truth. `also` are other lines that a reader may cite; an item with `doubt` is not required."""

    kind: str
    names: frozenset[str]
    place: Place
    also: frozenset[Place] = frozenset()
    doubt: str = ""
    name: str = ""

    @property
    def places(self) -> frozenset[Place]:
        """Every line at which it may be found."""
        return self.also | {self.place}


class End(NamedTuple):
    """One end of a link: a name, and what tells its component from others of that name."""

    name: str
    path: str = ""
    line: int = 0
    kind: str = ""

    def fits(self, item: Item) -> bool:
        """Whether the item may be this end."""
        return (
            self.name in item.names
            and self.path in {"", item.place.path}
            and self.line in {0, item.place.line}
            and self.kind in {"", item.kind}
        )


class TrueLink(NamedTuple):
    """A link of a truth."""

    source: End
    link: str
    target: End
    doubt: str = ""


class TrueEffect(NamedTuple):
    """An effect of an action's body. One that is `prebuilt` has its body in a library, not in the repository."""

    action: End
    effect: str
    place: Place
    places: frozenset[Place]
    prebuilt: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """One file."""

    name: str
    repository: str
    commit: str
    scope: tuple[str, ...]
    items: tuple[Item, ...] = ()
    links: tuple[TrueLink, ...] = ()
    effects: tuple[TrueEffect, ...] = ()
    control: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The name that a clone has when git is not given one."""
        return self.repository.rpartition("/")[2]

    def covers(self, path: str) -> bool:
        """Whether the person read this file: it is in the scope and no test."""
        folders = [each.rstrip("/") for each in self.scope]
        inside = any(folder in {"", "."} or path == folder or path.startswith(f"{folder}/") for folder in folders)
        return inside and not path.startswith(self.left_out) and not is_test(path)


def is_test(path: str) -> bool:
    """Whether the file is a test by its name or folder; truths leave these out."""
    *folders, name = path.lower().split("/")
    return (
        not {"test", "tests", "__tests__", "e2e"}.isdisjoint(folders)
        or name.startswith("test_")
        or ".test." in name
        or ".spec." in name
        or name.endswith("_test.py")
    )


def names() -> list[str]:
    """Every truth that there is."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Truth:
    """The truth of that name."""
    return truth_of(name, yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def truth_of(name: str, data: Mapping[str, object]) -> Truth:
    """A truth from what its file says."""
    return Truth(
        name,
        str(data["repository"]),
        str(data["commit"]),
        tuple(str(folder) for folder in _many(data["scope"])),
        tuple(_item(each) for each in _mappings(data["components"])),
        tuple(_link(each) for each in _mappings(data["links"])),
        tuple(_effect(each) for each in _mappings(data["effects"])),
        control=data.get("control") is True,
        left_out=tuple(str(beginning) for beginning in _many(data.get("left_out"))),
    )


def mistakes(truth: Truth) -> Iterator[str]:
    """What is wrong with a truth: unknown words, lines that cannot be, links and effects between what it does not list."""
    if not COMMIT.fullmatch(truth.commit):
        yield f"{truth.commit} is not a full commit"
    if truth.control and (truth.items or truth.links or truth.effects):
        yield "a control holds nothing"
    for item in truth.items:
        if item.kind not in KINDS:
            yield f"{item.name}: unknown kind {item.kind}"
        if not truth.covers(item.place.path):
            yield f"{item.name}: {item.place.path} is not in the scope"
        yield from _impossible_lines(item.name, item.places)
    for link in truth.links:
        if link.link not in LINKS + OTHER_LINKS:
            yield f"{link.source.name}: unknown link {link.link}"
        yield from (
            f"{link.link}: no component {end.name}" for end in (link.source, link.target) if not any(map(end.fits, truth.items))
        )
    for effect in truth.effects:
        if not any(map(effect.action.fits, truth.items)):
            yield f"{effect.effect}: no action {effect.action.name}"
        yield from _impossible_lines(effect.action.name, effect.places)


def _impossible_lines(name: str, places: frozenset[Place]) -> Iterator[str]:
    yield from (f"{name}: line {place.line} of {place.path}" for place in places if place.line < 1)


def _item(data: Mapping[str, object]) -> Item:
    path, name = str(data["file"]), str(data["name"])
    every = [name, *(str(alias) for alias in _many(data.get("alias")))]
    bare = [match["id"] for match in map(_PROVIDER.fullmatch, every) if match] if data["kind"] == "model" else []
    place = Place(path, _number(data["line"]))
    return Item(str(data["kind"]), frozenset([*every, *bare]), place, _also(data, path), str(data.get("doubt", "")), name)


def _link(data: Mapping[str, object]) -> TrueLink:
    return TrueLink(_end(data, "from"), str(data["link"]), _end(data, "to"), str(data.get("doubt", "")))


def _end(data: Mapping[str, object], key: str) -> End:
    path, kind = (str(data.get(f"{key}_{what}", "")) for what in ("file", "kind"))
    return End(str(data[key]), path, _number(data.get(f"{key}_line", 0)), kind or _IMPLIED.get((str(data["link"]), key), ""))


def _effect(data: Mapping[str, object]) -> TrueEffect:
    path = str(data["file"])
    place = Place(path, _number(data["line"]))
    places = _also(data, path) | {place}
    action = End(str(data["action"]), str(data.get("action_file", "")), kind="action")
    return TrueEffect(action, str(data["effect"]), place, places, data.get("prebuilt") is True, str(data.get("doubt", "")))


def _also(data: Mapping[str, object], path: str) -> frozenset[Place]:
    """Lines of the same file as numbers, and of others as `path:line`."""
    found = []
    for each in _many(data.get("also")):
        other, _, line = str(each).rpartition(":")
        found.append(Place(other or path, int(line)))
    return frozenset(found)


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    for each in _many(value):
        if not isinstance(each, dict):
            raise TypeError(f"not a mapping: {each}")
        yield each


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"not a number: {value}")
    return value
