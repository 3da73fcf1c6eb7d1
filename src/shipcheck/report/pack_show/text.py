"""What a pack says of itself and what it holds."""

from collections.abc import Sequence

from shipcheck.english import listed
from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(packs: Sequence[ListedPack], _style: Style = PLAIN) -> str:
    """Each pack in full."""
    return "\n".join(_pack(item) for item in packs)


def _pack(item: ListedPack) -> str:
    """All that a pack says of itself and holds."""
    head = item.head
    rows = [
        ("description", head.description),
        ("requires", f"shipcheck {head.requires}" if head.requires else ""),
        ("extends", listed([f"{one.pack} {one.versions}".strip() for one in head.extends], "and")),
        ("license", head.license),
        ("homepage", head.homepage),
        ("maintainers", listed(head.maintainers, "and")),
        ("source", item.source),
        ("resolved", item.locked.resolved if item.locked else ""),
        ("digest", item.locked.digest if item.locked else ""),
        ("signer", item.locked.signer if item.locked else ""),
    ]
    lines = [visible(f"{item.pack.name} {item.pack.version}"), *(_row(name, text) for name, text in rows if text)]
    lines += _section("parameters", [f"{one.name} = {one.shown}: {one.description}" for one in item.pack.parameters])
    lines += _section("fields", [f"{one.path} ({one.type}): {one.description}" for one in item.pack.fields])
    lines += _section("policies", [f"{one.id}: {one.title}" for one in item.pack.policies])
    lines += _section("provides", item.provides)
    lines += _section("templates", item.templates)
    lines += _section("changes", [f"{version}: {text}" for version, text in head.changelog])
    return "\n".join(lines) + "\n"


def _row(name: str, text: str) -> str:
    return visible(f"  {name.ljust(11)}  {text}")


def _section(name: str, items: Sequence[str]) -> list[str]:
    return ["", name, *(visible(f"  {item.rstrip(': ')}") for item in items)] if items else []
