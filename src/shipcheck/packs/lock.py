"""The lock as text: sorted, one block a pack and one line a value, so that two branches that add packs merge."""

import json

from shipcheck.model.lock import Lock, LockedPack

_HEAD = """\
# Every pack in use, with the digest of its files. Written by 'shipcheck pack add' and 'shipcheck pack update'; not by hand.
shipcheck: 1
tool: {tool}
"""
_KEYS = ("name", "version", "source", "resolved", "digest", "signer")


def lock_text(lock: Lock) -> str:
    """The whole file."""
    packs = sorted(lock.packs, key=lambda pack: pack.name)
    blocks = [_block(pack) for pack in packs]
    return _HEAD.format(tool=json.dumps(lock.tool)) + ("packs:\n" + "\n".join(blocks) if blocks else "packs: []\n")


def _block(pack: LockedPack) -> str:
    lines = [f"{key}: {json.dumps(getattr(pack, key))}" for key in _KEYS if getattr(pack, key)]
    return "".join(f"{'  - ' if number == 0 else '    '}{line}\n" for number, line in enumerate(lines))
