"""Committed packs held against the lock: whatever is not as it was added is a problem that names the file."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.lock import PACKS, Lock, LockedPack
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.packs.digest import list_digest, read_sums
from shipcheck.packs.tree_limits import MOST_BYTES, tree_faults

Read = Callable[[Sequence[str]], Mapping[str, File | Problem]]
# So many files are held at once before it is known whether they belong to a pack.
_CHUNK = 64
_ATTRIBUTES = f"{PACKS}/.gitattributes"
_AGAIN = "restore it, or add the pack again with 'shipcheck pack add'"


class Verifier:
    """The committed packs of one source. `read` reads some of the `paths`, which are all those below the folder of packs."""

    def __init__(self, lock: Lock, paths: Sequence[str], read: Read, origin: str) -> None:
        self._lock = lock
        self._paths = paths
        self._read = read
        self._origin = origin
        self._problems: list[Problem] = []

    def verify(self) -> tuple[dict[str, dict[str, File]], tuple[Problem, ...]]:
        """The files of each pack by their paths in the pack, and what is wrong.

        A pack that is not wholly as the lock says is left out.
        """
        packs: dict[str, dict[str, File]] = {}
        for pack in self._lock.packs:
            before = len(self._problems)
            files = self._pack(pack)
            if len(self._problems) == before:
                packs[pack.name] = files
        for path in self._strangers():
            self._complain(path, "pack-unlisted", "is part of no pack in the lock; remove it, or 'shipcheck pack add' its pack")
        return packs, tuple(self._problems[:MAX_PROBLEMS])

    def _strangers(self) -> list[str]:
        places = tuple(f"{pack.folder}/" for pack in self._lock.packs)
        known = {_ATTRIBUTES, *(pack.sums for pack in self._lock.packs)}
        return [path for path in self._paths if path not in known and not path.startswith(places)]

    def _pack(self, pack: LockedPack) -> dict[str, File]:
        sums = self._sums(pack)
        if sums is None:
            return {}
        prefix = f"{pack.folder}/"
        present = {path.removeprefix(prefix) for path in self._paths if path.startswith(prefix)}
        for path in sorted(sums.keys() - present):
            self._complain(prefix + path, "pack-missing-file", f"is missing, and belongs to {pack.label}; {_AGAIN}")
        for path in sorted(present - sums.keys()):
            twin = next((other for other in sums if other.lower() == path.lower()), "")
            why = f", and differs from {twin} in capitals only" if twin else ""
            self._complain(prefix + path, "pack-unlisted", f"is no file of {pack.label} as it was added{why}; remove it")
        for fault in tree_faults(dict.fromkeys(sums, 0)):
            self._complain(prefix + fault.path, "pack-tree", f"{fault.reason}; no pack may hold it")
        return self._contents(pack, sums, [path for path in sorted(sums) if path in present])

    def _sums(self, pack: LockedPack) -> dict[str, str] | None:
        """The list of the pack's files, which vouches for each of them; None after complaining."""
        if pack.sums not in self._paths:
            there = any(path.startswith(f"{pack.folder}/") for path in self._paths)
            what = "is missing" if there else f"is missing, and so is all of {pack.label}"
            self._complain(pack.sums, "pack-missing-file", f"{what}, which the lock names; {_AGAIN}", pack)
            return None
        found = self._read((pack.sums,))[pack.sums]
        if isinstance(found, Problem):
            self._complain(pack.sums, "pack-not-a-file", f"is not a regular file of its own; {_AGAIN}", pack)
        elif list_digest(found.content) != pack.digest:
            self._complain(pack.sums, "pack-drift", f"does not have the digest that the lock says; {_AGAIN}", pack)
        else:
            return read_sums(found.content)
        return None

    def _contents(self, pack: LockedPack, sums: Mapping[str, str], paths: Sequence[str]) -> dict[str, File]:
        files: dict[str, File] = {}
        left = MOST_BYTES
        for start in range(0, len(paths), _CHUNK):
            names = {f"{pack.folder}/{path}": path for path in paths[start : start + _CHUNK]}
            for full, found in self._read(tuple(names)).items():
                if isinstance(found, Problem):
                    self._complain(full, "pack-not-a-file", f"is not a regular file of its own; {_AGAIN}")
                    continue
                left -= len(found.content)
                if sha256(found.content).hexdigest() != sums[names[full]]:
                    self._complain(full, "pack-drift", f"is not as {pack.label} was added; {_AGAIN}")
                elif left < 0:
                    self._complain(full, "pack-tree", f"is beyond the {MOST_BYTES:,} bytes that a pack may have; split the pack")
                    return files
                else:
                    files[names[full]] = found
        return files

    def _complain(self, path: str, code: str, what: str, pack: LockedPack | None = None) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode()
        related = ((pack.location, "the lock names it here"),) if pack is not None and pack.location else ()
        self._problems.append(Problem(whole_file(self._origin, shown), code, f"{shown} {what}", related))
