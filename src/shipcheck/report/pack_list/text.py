"""Packs in use, and one of them closely, for people and for programs."""

from collections.abc import Sequence
from typing import Any

from shipcheck.english import counted, listed
from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import as_json, visible


def render_pack_list(packs: Sequence[ListedPack]) -> str:
    """A line a pack: its version, where it comes from, what it holds."""
    rows = [(item.pack.name, item.pack.version, _holds(item), item.source) for item in packs]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = ["  ".join([*(row[column].ljust(widths[column]) for column in range(3)), visible(row[3])]) for row in rows]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_verified(packs: Sequence[ListedPack]) -> str:
    """What was held against the lock, and came out the same."""
    locked = [item for item in packs if item.locked]
    lines = [
        f"{item.locked.label} is as it was added: {counted(item.files, 'file')}, {item.locked.digest}" + _signed(item)
        for item in locked
        if item.locked
    ]
    return "\n".join(lines or ["No pack is committed here, so there is nothing to verify."]) + "\n"


def _signed(item: ListedPack) -> str:
    return visible(f", signed by {item.locked.signer}") if item.locked and item.locked.signer else ""


def _holds(item: ListedPack) -> str:
    held = [counted(len(item.pack.policies), "policy", "policies")]
    if item.provides:
        held.append(counted(len(item.provides), "component"))
    return listed(held, "and")


def render_pack(item: ListedPack) -> str:
    """All that a pack says of itself and holds."""
    head = item.head
    rows = [
        ("about", head.description),
        ("needs", f"shipcheck {head.requires}" if head.requires else ""),
        ("extends", listed([f"{one.pack} {one.versions}".strip() for one in head.extends], "and")),
        ("license", head.license),
        ("homepage", head.homepage),
        ("maintainers", listed(head.maintainers, "and")),
        ("source", item.source),
        ("resolved", item.locked.resolved if item.locked else ""),
        ("digest", item.locked.digest if item.locked else ""),
        ("signer", item.locked.signer if item.locked else ""),
    ]
    lines = [f"{item.pack.name} {item.pack.version}", *(_row(name, text) for name, text in rows if text)]
    lines += _section("parameters", [f"{one.name} = {one.shown}: {one.description}" for one in item.pack.parameters])
    lines += _section("policies", [f"{one.id}: {one.title}" for one in item.pack.policies])
    lines += _section("provides", item.provides)
    lines += _section("templates", item.templates)
    lines += _section("changes", [f"{version}: {text}" for version, text in head.changelog])
    return "\n".join(lines) + "\n"


def _row(name: str, text: str) -> str:
    return visible(f"  {name.ljust(11)}  {text}")


def _section(name: str, items: Sequence[str]) -> list[str]:
    return ["", name, *(visible(f"  {item.rstrip(': ')}") for item in items)] if items else []


def render_packs_json(packs: Sequence[ListedPack]) -> str:
    """The same as data."""
    return as_json([_pack(item) for item in packs])


def _pack(item: ListedPack) -> dict[str, Any]:
    locked = item.locked
    return {
        "name": item.pack.name,
        "version": item.pack.version,
        "description": item.head.description,
        "requires": item.head.requires or None,
        "extends": [{"pack": one.pack, "version": one.versions or None} for one in item.head.extends],
        "source": item.source,
        "resolved": locked.resolved if locked else None,
        "digest": locked.digest if locked else None,
        "signer": locked.signer or None if locked else None,
        "parameters": [{"name": one.name, "value": one.shown} for one in item.pack.parameters],
        "policies": [{"policy": one.name, "title": one.title} for one in item.pack.policies],
        "provides": list(item.provides),
        "templates": list(item.templates),
    }
