"""What `shipcheck pack add` and `shipcheck pack update` print."""

from dataclasses import dataclass

from shipcheck.model.lock import LockedPack


@dataclass(frozen=True, slots=True)
class AddedPack:
    """A pack that was added or updated, the version before it, and the differences.

    `listed` says whether the settings name the pack now; `newer` is the source of a later version, if one is known.
    """

    pack: LockedPack
    before: LockedPack | None
    changes: tuple[str, ...]
    listed: bool
    newer: str = ""

    @property
    def is_same(self) -> bool:
        """Whether exactly the same pack was there before."""
        return self.before == self.pack
