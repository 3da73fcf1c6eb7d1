"""The lock file as text: sorted, one block a pack and one line a value, so that two branches that add packs merge."""

from shipcheck.model.lock import Lock, LockedPack

_HEAD = """\
# Every pack in use, with the digest of its files. Written by 'shipcheck pack add' and 'shipcheck pack update'; do not edit.
shipcheck: 1
tool: {tool}
"""
_KEYS = ("name", "version", "source", "resolved", "digest", "signer")


def lock_text(lock: Lock) -> str:
    """The whole file."""
    packs = sorted(lock.packs, key=lambda pack: pack.name)
    blocks = [_block(pack) for pack in packs]
    return _HEAD.format(tool=_quoted(lock.tool)) + ("packs:\n" + "\n".join(blocks) if blocks else "packs: []\n")


def _block(pack: LockedPack) -> str:
    lines = [f"{key}: {_quoted(getattr(pack, key))}" for key in _KEYS if getattr(pack, key)]
    return "".join(f"{'  - ' if number == 0 else '    '}{line}\n" for number, line in enumerate(lines))


def _quoted(text: str) -> str:
    """The text in double quotes, in plain ASCII: JSON's escapes beyond 16 bits are not valid in YAML."""
    return f'"{"".join(_escaped(letter) for letter in text)}"'


def _escaped(letter: str) -> str:
    if letter in {'"', "\\"}:
        return f"\\{letter}"
    return letter if " " <= letter <= "~" else f"\\U{ord(letter):08x}"
