"""Which packs must be signed, and by whom: what a repository's settings say, and nothing else."""

from dataclasses import dataclass

from shipcheck.model.location import Location

# The file next to pack.yaml with the signatures. It signs every other file of the pack.
SIGNATURE = "shipcheck.pack.intoto.json"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """The public half of an Ed25519 key, in base64, by the name that signatures call it."""

    id: str
    ed25519: str


@dataclass(frozen=True, slots=True)
class TrustSetting:
    """Packs by a name, `PUBLISHER/*` or `*`, and the keys of which one must have signed each."""

    packs: str
    keys: tuple[TrustedKey, ...]
    location: Location

    def covers(self, pack: str) -> bool:
        """Whether this is about the pack of that name."""
        start, star, _ = self.packs.partition("*")
        return pack.startswith(start) if star else pack == self.packs
