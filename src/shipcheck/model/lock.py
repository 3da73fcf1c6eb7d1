"""The lock file: every committed pack with where it came from and the digest of its files."""

from dataclasses import dataclass, field

from shipcheck.model.location import Location

LOCK = ".shipcheck/lock.yaml"
PACKS = ".shipcheck/packs"


@dataclass(frozen=True, slots=True)
class LockedPack:
    """One pack as it was added.

    `source` is the address given to `pack add`, without a version; `resolved` is what it resolved to (a commit, a digest).
    `digest` is the digest of the files, `signer` the key that signed them, empty if none did. `location` is the entry in the lock
    file, None if it is not written yet.
    """

    name: str
    version: str
    source: str
    resolved: str
    digest: str
    signer: str = ""
    location: Location | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """The pack as messages and folders name it: `acme/agents-base@1.2.0`."""
        return labelled(self.name, self.version)

    @property
    def folder(self) -> str:
        """The folder of the committed files, from the root of the repository."""
        return f"{PACKS}/{self.label}"

    @property
    def sums(self) -> str:
        """The list of those files with their digests, in a file next to the folder; `digest` is the digest of this list."""
        return f"{self.folder}.sha256"


@dataclass(frozen=True, slots=True)
class Lock:
    """Every committed pack, and the version of the tool that wrote the lock file."""

    tool: str
    packs: tuple[LockedPack, ...] = ()

    def find(self, name: str) -> LockedPack | None:
        """The pack of that name, or None."""
        return next((pack for pack in self.packs if pack.name == name), None)

    def replaced(self, pack: LockedPack) -> "Lock":
        """This lock with that pack in place of any other version of it."""
        return Lock(self.tool, (*(other for other in self.packs if other.name != pack.name), pack))

    def without(self, name: str) -> "Lock":
        """This lock without the pack of that name."""
        return Lock(self.tool, tuple(pack for pack in self.packs if pack.name != name))


def labelled(name: str, version: str) -> str:
    """A version of a pack as messages and folders name it."""
    return f"{name}@{version}"
