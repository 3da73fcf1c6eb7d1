"""A field that a pack adds to a kind, as its `pack.yaml` declares it."""

from dataclasses import dataclass, field
from typing import Literal

from shipcheck.model.location import Location
from shipcheck.model.scalars import Plain


@dataclass(frozen=True, slots=True)
class PackField:
    """One field of one kind, in the namespace of its pack; the names are those of `FieldSpec` in the vocabulary.

    `words` are pairs of a word and its meaning; `location` is where the field is declared.
    """

    kind: str
    name: str
    type: str
    weaker: str
    description: str
    location: Location = field(compare=False)
    says: str = ""
    many: bool = False
    words: tuple[tuple[str, str], ...] = ()
    ordered: bool = False
    to: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    absent: Literal["unknown", "none", "default"] = "unknown"
    default: Plain = None

    @property
    def path(self) -> str:
        """The kind and the field: `agent.tier`."""
        return f"{self.kind}.{self.name}"


def key_of(pack: str) -> str:
    """The key under which manifests write the fields of a pack: its name, without the publisher."""
    return pack.rpartition("/")[2]


def spelled(key: str) -> str:
    """The key as expressions write it, in which `-` is the minus sign."""
    return key.replace("-", "_")
