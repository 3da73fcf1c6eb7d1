"""The packs in use as JSON."""

from collections.abc import Sequence
from typing import Any

from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import as_json
from shipcheck.report.style import PLAIN, Style


def render(packs: Sequence[ListedPack], _style: Style = PLAIN) -> str:
    """The same as data."""
    return as_json([pack_json(item) for item in packs])


def pack_json(item: ListedPack) -> dict[str, Any]:
    """One pack."""
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
        "fields": [{"field": one.path, "type": one.type, "description": one.description} for one in item.pack.fields],
        "policies": [{"policy": one.name, "title": one.title} for one in item.pack.policies],
        "provides": list(item.provides),
        "templates": list(item.templates),
    }
