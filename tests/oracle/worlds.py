"""Worlds as plain data that is written out as manifest files, and what their links and fields are called.

This part of the vocabulary is written down a second time, from its description, so that the tool's own tables are not trusted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SECTIONS = {
    "portfolio": "portfolios", "use_case": "use_cases", "agent": "agents", "action": "actions", "tool_server": "tool_servers",
    "gate": "gates", "audit_sink": "audit_sinks", "team": "teams", "system": "systems", "dataset": "datasets",
    "prompt": "prompts", "integration": "integrations",
}  # fmt: skip
DECLARES = {
    "portfolio": (),
    "use_case": ("portfolio", "uses", "touches"),
    "agent": ("calls", "delegates_to", "connects_to", "audited_by", "reads"),
    "action": ("starts", "guarded_by", "audited_by", "writes_to", "reads_from", "reads", "changes"),
    "tool_server": ("offers",),
    "gate": ("audited_by",),
    "audit_sink": (),
    "team": (),
    "system": (),
    "dataset": ("hosted_in",),
    "prompt": (),
    "integration": ("use_cases",),
}
LEADS_TO = {
    "portfolio": "portfolio", "uses": "agent", "calls": "action", "delegates_to": "agent", "connects_to": "tool_server",
    "offers": "action", "starts": "agent", "guarded_by": "gate", "audited_by": "audit_sink",
}  # fmt: skip
INVERSES = {
    "candidates": "portfolio", "used_by": "uses", "called_by": "calls", "delegated_by": "delegates_to",
    "connected_by": "connects_to", "offered_by": "offers", "started_by": "starts", "guards": "guarded_by", "audits": "audited_by",
}  # fmt: skip
WITH_GATES = ("calls", "delegates_to", "starts")
SINGLE = ("portfolio",)
# Links to several kinds, whose components may share a name.
PREFIXED = ("changes",)
# What a field is when nobody writes it; what stands neither here nor among the links is unknown.
DEFAULTS: dict[tuple[str, str], object] = {("agent", "entry"): True, ("action", "state"): "live", ("team", "active"): True}
# Along these a use case's stage comes to everything it reaches.
STAGE_ALONG = (
    "uses", "calls", "delegates_to", "connects_to", "offers", "starts", "guarded_by", "audited_by", "touches", "writes_to",
    "reads_from", "reads",
)  # fmt: skip


@dataclass
class Item:
    """One item of a link: a target and the gates in its `through`."""

    to: str
    through: tuple[str, ...] = ()


@dataclass
class Thing:
    """A component: its fields that are given, as they are written, and its links."""

    fields: dict[str, object] = field(default_factory=dict)
    links: dict[str, list[Item]] = field(default_factory=dict)

    def add(self, link: str, to: str, *through: str) -> None:
        """One more item of a link."""
        self.links.setdefault(link, []).append(Item(to, through))

    def copy(self) -> "Thing":
        """A thing of its own with the same content."""
        links = {link: [Item(item.to, item.through) for item in items] for link, items in self.links.items()}
        return Thing(dict(self.fields), links)


@dataclass
class World:
    """Components by reference, `kind:name`."""

    things: dict[str, Thing]

    def copy(self) -> "World":
        """A world of its own with the same content."""
        return World({reference: thing.copy() for reference, thing in self.things.items()})

    def of(self, kind: str) -> list[str]:
        """The references of one kind, in order."""
        return sorted(reference for reference in self.things if reference.startswith(f"{kind}:"))

    def items(self) -> Iterator[tuple[str, str, Item]]:
        """Every link item as (source, link, item)."""
        for reference in sorted(self.things):
            for link, items in self.things[reference].links.items():
                for item in items:
                    yield reference, link, item

    def file_text(self, references: list[str]) -> str:
        """A manifest of these components, in the order given within each section."""
        lines = ["shipcheck: 1"]
        for kind in dict.fromkeys(kind_of(reference) for reference in references):
            lines.append(f"{SECTIONS[kind]}:")
            lines += [
                f"  {name_of(reference)}: {{{body_text(self.things[reference])}}}"
                for reference in references
                if kind_of(reference) == kind
            ]
        return "\n".join(lines) + "\n"

    def text(self) -> str:
        """The world as one manifest."""
        return self.file_text(list(self.things))

    def data(self) -> dict[str, Any]:
        """The world as JSON has it."""
        return {
            reference: thing.fields | {link: [_item_data(item) for item in items] for link, items in thing.links.items() if items}
            for reference, thing in self.things.items()
        }


def from_data(data: dict[str, Any]) -> World:
    """The world that JSON holds."""
    things = {}
    for reference, held in data.items():
        links = {
            name: [Item(item, ()) if isinstance(item, str) else Item(item["to"], tuple(item["through"])) for item in items]
            for name, items in held.items()
            if name in DECLARES[kind_of(reference)]
        }
        things[reference] = Thing({name: value for name, value in held.items() if name not in links}, links)
    return World(things)


def union(worlds: list[World]) -> World:
    """All in one; they share no name."""
    return World({reference: thing for world in worlds for reference, thing in world.things.items()})


def kind_of(reference: str) -> str:
    """The kind before the name."""
    return reference.partition(":")[0]


def name_of(reference: str) -> str:
    """The name without its kind."""
    return reference.partition(":")[2]


def body_text(thing: Thing) -> str:
    """Fields and links in YAML's flow style."""
    parts = [f"{name}: {_value(value)}" for name, value in thing.fields.items()]
    for link, items in thing.links.items():
        written = [item.to if link in PREFIXED else _item(item) for item in items]
        parts += [f"{link}: {written[0]}" if link in SINGLE else f"{link}: [{', '.join(written)}]"] if written else []
    return ", ".join(parts)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_value(inner)}" for name, inner in value.items()) + "}"
    return name_of(str(value)) or str(value)


def _item(item: Item) -> str:
    if not item.through:
        return name_of(item.to)
    return f"{{to: {name_of(item.to)}, through: [{', '.join(name_of(gate) for gate in item.through)}]}}"


def _item_data(item: Item) -> str | dict[str, Any]:
    return {"to": item.to, "through": list(item.through)} if item.through else item.to
