"""Which packs must be signed, and by whom: decided only by a repository's settings."""

from dataclasses import dataclass

from shipcheck.model.location import Location

# The file next to pack.yaml with the signatures. It signs every other file of the pack.
SIGNATURE = "shipcheck.pack.intoto.json"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """The public half of an Ed25519 key, in base64, and its id in signatures."""

    id: str
    ed25519: str


@dataclass(frozen=True, slots=True)
class TrustSetting:
    """Packs by name, `PUBLISHER/*` or `*`, and the keys of which one must have signed each."""

    packs: str
    keys: tuple[TrustedKey, ...]
    location: Location

    def covers(self, pack: str) -> bool:
        """Whether this applies to the pack of that name."""
        start, star, _ = self.packs.partition("*")
        return pack.startswith(start) if star else pack == self.packs
