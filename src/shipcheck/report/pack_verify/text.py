"""The committed packs that match the lock file."""

from collections.abc import Sequence

from shipcheck.english import counted
from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(packs: Sequence[ListedPack], _style: Style = PLAIN) -> str:
    """One line for each pack in the lock file."""
    locked = [item for item in packs if item.locked]
    lines = [
        visible(f"verified {item.locked.label}: {counted(item.files, 'file')}, {item.locked.digest}") + _signed(item)
        for item in locked
        if item.locked
    ]
    return "\n".join(lines or ["no committed packs; nothing to verify"]) + "\n"


def _signed(item: ListedPack) -> str:
    return visible(f", signed by {item.locked.signer}") if item.locked and item.locked.signer else ""
