"""What `shipcheck pack sign` and `shipcheck pack keygen` print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key."""

    id: str
    ed25519: str


@dataclass(frozen=True, slots=True)
class SignedPack:
    """A pack and the keys that signed it."""

    label: str
    keys: tuple[PublicKey, ...]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new key: the file with its private half, and the public half that settings name."""

    path: str
    public: PublicKey
