"""The lock document to Lock, validated against its schema."""

from collections.abc import Mapping as AnyMapping
from itertools import islice
from typing import Any

from shipcheck.model.document import Document, Mapping, Scalar, Sequence, below
from shipcheck.model.lock import Lock, LockedPack
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.settings.shape import shape_problems

MAX_VALUES = 2_000
_SHAPE = "lock-shape"


def read_lock(document: Document, schema: AnyMapping[str, Any]) -> Lock | tuple[Problem, ...]:
    """The lock, or every reason why the file is not a valid one."""
    surplus = next(islice(below(document.root), MAX_VALUES, None), None)
    if surplus:
        message = f"the lock file has more than {MAX_VALUES} keys and values; use fewer packs"
        return (Problem(document.locate(surplus), _SHAPE, message),)
    problems = shape_problems(document, plain(document.root), schema, _SHAPE)
    if problems:
        return problems
    packs = tuple(_pack(document, item) for item in _items(document))
    twins = tuple(
        Problem(pack.location, _SHAPE, f"pack {pack.name} is in the lock file twice; merge the two with 'shipcheck pack update'")
        for number, pack in enumerate(packs)
        if pack.location and any(other.name == pack.name for other in packs[:number])
    )
    return twins or Lock(_text(document.root, "tool"), packs)


def _items(document: Document) -> tuple[Mapping, ...]:
    entry = document.root.find("packs") if isinstance(document.root, Mapping) else None
    items = entry[1].items if entry and isinstance(entry[1], Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def _pack(document: Document, item: Mapping) -> LockedPack:
    return LockedPack(
        name=_text(item, "name"),
        version=_text(item, "version"),
        source=_text(item, "source"),
        resolved=_text(item, "resolved"),
        digest=_text(item, "digest"),
        signer=_text(item, "signer"),
        location=document.locate(item),
    )


def _text(node: object, key: str) -> str:
    entry = node.find(key) if isinstance(node, Mapping) else None
    return entry[1].text if entry and isinstance(entry[1], Scalar) else ""
