"""What `shipcheck pack add` and `shipcheck pack update` print."""

from dataclasses import dataclass

from shipcheck.model.lock import LockedPack


@dataclass(frozen=True, slots=True)
class AddedPack:
    """A pack that is in place now, what was there before it, and what is different.

    `listed` says whether the settings name the pack now.
    """

    pack: LockedPack
    before: LockedPack | None
    changes: tuple[str, ...]
    listed: bool

    @property
    def is_same(self) -> bool:
        """Whether the very same pack was there before."""
        return self.before == self.pack
