"""The packs that a repository has committed, held against its lock before anything of them is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shipcheck import __version__, assets
from shipcheck.model.document import Document, File
from shipcheck.model.location import whole_file
from shipcheck.model.lock import LOCK, Lock
from shipcheck.model.problem import Problem
from shipcheck.packs.integrity import Verifier
from shipcheck.read.parse import parse
from shipcheck.settings.read_lock import read_lock
from shipcheck.sources.governance_files import committed_paths, read_committed, read_lock_file
from shipcheck.sources.source import Source
from shipcheck.versions import is_older


@dataclass(frozen=True, slots=True)
class Committed:
    """The lock, and of each of its packs that is wholly as it was added the files by their paths in the pack."""

    lock: Lock | None = None
    packs: Mapping[str, Mapping[str, File]] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    faults: tuple[Problem, ...] = ()


def read_packs(source: Source) -> Committed:
    """Read and verify them; nothing is read twice, so what was verified is what is judged by."""
    paths = committed_paths(source)
    found = read_lock_file(source)
    if isinstance(found, Problem):
        return Committed(faults=(found,))
    if found is None:
        return Committed(faults=tuple(_without_lock(source, path) for path in paths[:1]))
    lock = _lock(found)
    if not isinstance(lock, Lock):
        return Committed(files=(found,), faults=lock)
    if is_older(__version__, lock.tool):
        message = f"{LOCK} was written by shipcheck {lock.tool}, and this is {__version__}; install {lock.tool} or later"
        return Committed(files=(found,), faults=(Problem(whole_file(found.origin, LOCK), "tool-too-old", message),))
    packs, faults = Verifier(lock, paths, partial(read_committed, source), source.origin).verify()
    return Committed(lock, packs, (found,), faults)


def _lock(found: File) -> Lock | tuple[Problem, ...]:
    document = parse(found)
    if not isinstance(document, Document):
        return document
    schema: dict[str, Any] = json.loads((assets.schemas() / "lock.schema.json").read_bytes())
    return read_lock(document, schema)


def _without_lock(source: Source, path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    message = f"{shown} is here, and there is no {LOCK} that says what it must be; 'shipcheck pack add' its pack, or remove it"
    return Problem(whole_file(source.origin, shown), "no-lock", message)
