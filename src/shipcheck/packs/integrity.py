"""Verifies committed packs against the lock file: every difference is a problem that names the file."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.lock import PACKS, Lock, LockedPack
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.packs.digest import list_digest, read_sums
from shipcheck.packs.tree_limits import MOST_BYTES, tree_problems

Read = Callable[[Sequence[str]], Mapping[str, File | Problem]]
# The maximum number of files in memory before it is known whether they belong to a pack.
_CHUNK = 64
_ATTRIBUTES = f"{PACKS}/.gitattributes"
_AGAIN = "restore it, or add the pack again with 'shipcheck pack add'"


class Verifier:
    """The committed packs of one source. `read` reads some of the `paths`, which are all paths below the folder of packs."""

    def __init__(self, lock: Lock, paths: Sequence[str], read: Read, origin: str) -> None:
        self._lock = lock
        self._paths = paths
        self._read = read
        self._origin = origin
        self._problems: list[Problem] = []

    def verify(self) -> tuple[dict[str, dict[str, File]], tuple[Problem, ...]]:
        """The files of each pack by their paths in the pack, and the problems.

        A pack that differs from the lock file in any way is left out.
        """
        packs: dict[str, dict[str, File]] = {}
        for pack in self._lock.packs:
            before = len(self._problems)
            files = self._pack(pack)
            if len(self._problems) == before:
                packs[pack.name] = files
        for path in self._strangers():
            self._complain(
                path,
                "pack-unlisted",
                "does not belong to a pack in the lock file; remove it, or add its pack with 'shipcheck pack add'",
            )
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
            self._complain(prefix + path, "pack-missing-file", f"is missing from {pack.label}; {_AGAIN}")
        for path in sorted(present - sums.keys()):
            twin = next((other for other in sums if other.lower() == path.lower()), "")
            why = f" and differs from {twin} only in case" if twin else ""
            self._complain(prefix + path, "pack-unlisted", f"is not a file of {pack.label}{why}; remove it")
        for problem in tree_problems(dict.fromkeys(sums, 0)):
            self._complain(prefix + problem.path, "pack-tree", f"{problem.reason}; packs cannot contain it")
        return self._contents(pack, sums, [path for path in sorted(sums) if path in present])

    def _sums(self, pack: LockedPack) -> dict[str, str] | None:
        """The list of the pack's files, which vouches for each of them; None after reporting a problem."""
        if pack.sums not in self._paths:
            exists = any(path.startswith(f"{pack.folder}/") for path in self._paths)
            what = "is missing" if exists else f"is missing, like all other files of {pack.label}"
            self._complain(pack.sums, "pack-missing-file", f"{what}, but is in the lock file; {_AGAIN}", pack)
            return None
        sums = self._read((pack.sums,))[pack.sums]
        if isinstance(sums, Problem):
            self._complain(pack.sums, "pack-not-a-file", f"is not a regular file; {_AGAIN}", pack)
        elif list_digest(sums.content) != pack.digest:
            self._complain(pack.sums, "pack-drift", f"does not match the digest in the lock file; {_AGAIN}", pack)
        else:
            return read_sums(sums.content)
        return None

    def _contents(self, pack: LockedPack, sums: Mapping[str, str], paths: Sequence[str]) -> dict[str, File]:
        files: dict[str, File] = {}
        left = MOST_BYTES
        for start in range(0, len(paths), _CHUNK):
            names = {f"{pack.folder}/{path}": path for path in paths[start : start + _CHUNK]}
            for full, file in self._read(tuple(names)).items():
                if isinstance(file, Problem):
                    self._complain(full, "pack-not-a-file", f"is not a regular file; {_AGAIN}")
                    continue
                left -= len(file.content)
                if sha256(file.content).hexdigest() != sums[names[full]]:
                    self._complain(full, "pack-drift", f"was changed since {pack.label} was added; {_AGAIN}")
                elif left < 0:
                    self._complain(full, "pack-tree", f"exceeds the {MOST_BYTES:,} bytes that a pack can have; split the pack")
                    return files
                else:
                    files[names[full]] = file
        return files

    def _complain(self, path: str, code: str, what: str, pack: LockedPack | None = None) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode()
        related = ((pack.location, "locked here"),) if pack is not None and pack.location else ()
        self._problems.append(Problem(whole_file(self._origin, shown), code, f"{shown} {what}", related))
