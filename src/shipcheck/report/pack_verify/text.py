"""The committed packs that are as the lock says."""

from collections.abc import Sequence

from shipcheck.english import counted
from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(packs: Sequence[ListedPack], _style: Style = PLAIN) -> str:
    """What was held against the lock, and came out the same."""
    locked = [item for item in packs if item.locked]
    lines = [
        visible(f"{item.locked.label} is as it was added: {counted(item.files, 'file')}, {item.locked.digest}") + _signed(item)
        for item in locked
        if item.locked
    ]
    return "\n".join(lines or ["No pack is committed here, so there is nothing to verify."]) + "\n"


def _signed(item: ListedPack) -> str:
    return visible(f", signed by {item.locked.signer}") if item.locked and item.locked.signer else ""
