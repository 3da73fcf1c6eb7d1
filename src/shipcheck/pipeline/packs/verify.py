"""The packs that a repository has committed, verified against its lock and the signatures that its settings require."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shipcheck import __version__, assets
from shipcheck.errors import CannotJudgeError
from shipcheck.model.document import Document, File
from shipcheck.model.location import whole_file
from shipcheck.model.lock import LOCK, Lock, LockedPack
from shipcheck.model.problem import Problem
from shipcheck.model.trust import SIGNATURE, TrustSetting
from shipcheck.packs.integrity import Verifier
from shipcheck.read.parse import parse
from shipcheck.settings.read_lock import read_lock
from shipcheck.sources.governance_files import committed_paths, read_committed, read_lock_file
from shipcheck.sources.source import Source
from shipcheck.versions import is_older


@dataclass(frozen=True, slots=True)
class Committed:
    """The lock, and the files of each pack that is unchanged since it was added, by their paths in the pack."""

    lock: Lock | None = None
    packs: Mapping[str, Mapping[str, File]] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_packs(source: Source) -> Committed:
    """Read and verify them; nothing is read twice, so the verified bytes are those that judge."""
    paths = committed_paths(source)
    lock_file = read_lock_file(source)
    if isinstance(lock_file, Problem):
        return Committed(problems=(lock_file,))
    if lock_file is None:
        return Committed(problems=tuple(_without_lock(source, path) for path in paths[:1]))
    lock = _lock(lock_file)
    if not isinstance(lock, Lock):
        return Committed(files=(lock_file,), problems=lock)
    if is_older(__version__, lock.tool):
        message = f"{LOCK} was written by shipcheck {lock.tool}, but this is {__version__}; install {lock.tool} or later"
        return Committed(files=(lock_file,), problems=(Problem(whole_file(lock_file.origin, LOCK), "tool-too-old", message),))
    packs, problems = Verifier(lock, paths, partial(read_committed, source), source.origin).verify()
    return Committed(lock, packs, (lock_file,), problems)


def _lock(file: File) -> Lock | tuple[Problem, ...]:
    document = parse(file)
    if not isinstance(document, Document):
        return document
    schema: dict[str, Any] = json.loads((assets.schemas() / "lock.schema.json").read_bytes())
    return read_lock(document, schema)


def _without_lock(source: Source, path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    message = f"{shown} is committed without {LOCK}; add its pack with 'shipcheck pack add', or remove it"
    return Problem(whole_file(source.origin, shown), "no-lock", message)


def untrusted(trust: Sequence[TrustSetting], committed: Committed, origin: str) -> tuple[Problem, ...]:
    """A problem for each of the `committed` packs that is not signed as `trust` requires; `origin` is the state it is in."""
    if not trust or committed.lock is None:
        return ()
    return tuple(problem for pack in committed.lock.packs for problem in _untrusted(trust, committed, pack, origin))


def _untrusted(trust: Sequence[TrustSetting], committed: Committed, pack: LockedPack, origin: str) -> Iterator[Problem]:
    from shipcheck.trust.signatures import verify  # noqa: PLC0415 - loaded only where settings ask for signatures

    files = committed.packs.get(pack.name)
    # A pack that differs from the lock is a problem already.
    if files is not None:
        try:
            verify(trust, pack.name, pack.version, {path: file.content for path, file in files.items()})
        except CannotJudgeError as error:
            yield Problem(whole_file(origin, f"{pack.folder}/{SIGNATURE}"), "pack-not-trusted", f"{pack.folder}/{error}")
