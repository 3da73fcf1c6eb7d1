"""Compares the lock file with that of the base: no pack goes back to an older version, and no version changes its files."""

from collections.abc import Iterator

from shipcheck.model.location import Location, whole_file
from shipcheck.model.lock import LOCK, Lock, LockedPack
from shipcheck.model.problem import Problem
from shipcheck.versions import is_older


def rolled_back(head: Lock | None, base: Lock | None, parted: Lock | None, origin: str) -> Iterator[Problem]:
    """The problems with packs that the head has locked differently from the merge base, and with an older tool than there.

    A pack that the head has not changed since then will be that of the base once both are merged.
    """
    if head and parted and head.tool != parted.tool and is_older(head.tool, parted.tool):
        message = f"{LOCK} records shipcheck {head.tool}, but the base has {parted.tool}; restore the line"
        yield Problem(whole_file(origin, LOCK), "tool-rollback", message)
    for pack in head.packs if head else ():
        then = parted.find(pack.name) if parted else None
        theirs = base.find(pack.name) if base else None
        if theirs is None or pack == then:
            continue
        place = pack.location or whole_file(origin, LOCK)
        if is_older(pack.version, theirs.version):
            message = f"{LOCK} goes back to {pack.label}, but the base has {theirs.version}; update it or release a later one"
            yield Problem(place, "pack-rollback", message, _theirs(theirs))
        elif pack.version == theirs.version and pack.digest != theirs.digest:
            message = f"{LOCK} has different files for {pack.label} than the base; a version never changes, so release a new one"
            yield Problem(place, "pack-remade", message, _theirs(theirs))


def _theirs(pack: LockedPack) -> tuple[tuple[Location, str], ...]:
    return ((pack.location, "locked here in the base"),) if pack.location else ()
