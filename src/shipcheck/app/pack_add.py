"""`shipcheck pack add` and `shipcheck pack update`: fetch packs, verify and lock them."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from shipcheck import __version__
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.fetch.fetch import fetch, newer_source
from shipcheck.fetch.fetched import Fetched, Limits, harmless
from shipcheck.fetch.source_address import PATH, Address, parse_address
from shipcheck.model.lock import LOCK, Lock, LockedPack
from shipcheck.model.pack_add import AddedPack
from shipcheck.model.pack_head import PackHead
from shipcheck.packs.digest import tree_digest
from shipcheck.packs.store import place
from shipcheck.pipeline.packs.candidate import LIMITS, compiled, head_of
from shipcheck.pipeline.packs.version_changes import pack_changes
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress, prepare
from shipcheck.pipeline.roots import refuse_below_top
from shipcheck.pipeline.settings_edit import name_pack
from shipcheck.presence import exists
from shipcheck.trust.signatures import verify
from shipcheck.versions import is_older


def pack_add(source: str, root: Path | None, as_of: date, progress: Progress = no_progress) -> AddedPack:
    """Fetch a pack, and write its files and the lock.

    Raises:
        UsageError: the source is not an address, or the settings are wrong.
        CannotJudgeError: the pack cannot be had, is none, is not signed as the settings ask, or goes back behind what is here.
    """
    prepared = _prepared(root, as_of)
    return _add(prepared, _recorded(parse_address(source), prepared.root), as_of, progress)


def pack_update(
    names: tuple[str, ...], root: Path | None, as_of: date, progress: Progress = no_progress
) -> tuple[AddedPack, ...]:
    """Fetch packs again from their sources, all of them where none is named.

    Raises:
        UsageError: no pack of that name is in the lock.
        CannotJudgeError: as `pack_add`.
    """
    prepared = _prepared(root, as_of)
    known = [pack.name for pack in _lock(prepared).packs]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or (f"; locked packs: {listed(known, 'and')}" if known else "")
            raise UsageError(f"pack '{name}' is not in {LOCK}{hint}")
    placed = []
    for pack in _lock(prepared).packs:
        if not names or pack.name in names:
            address = parse_address(pack.source)
            newer = newer_source(address, Limits(*LIMITS))
            placed.append(replace(_add(prepared, address, as_of, progress, wanted=pack.name), newer=newer))
            prepared = _prepared(root, as_of)
    return tuple(placed)


def _prepared(root: Path | None, as_of: date) -> Prepared:
    prepared = prepare(root, as_of=as_of)
    if prepared.settings_problems:
        raise UsageError(
            f"the settings are malformed: {prepared.settings_problems[0].location}: {prepared.settings_problems[0].message}"
        )
    refuse_below_top(prepared, "packs")
    if prepared.lock is None and exists(prepared.root / LOCK):
        first = prepared.packs.committed.problems[0]
        raise CannotJudgeError(f"{first.location}: {first.message}")
    return prepared


def _lock(prepared: Prepared) -> Lock:
    return replace(prepared.lock or Lock(__version__), tool=__version__)


def _recorded(address: Address, root: Path) -> Address:
    """The address for the lock: folders are relative to the root, not to where the command runs."""
    if address.kind != PATH or Path(address.place).is_absolute():
        return address
    inside = Path(os.path.relpath(Path.cwd() / address.place, root)).as_posix()
    return address._replace(place=inside, text=f"path:{inside}")


def _add(prepared: Prepared, address: Address, as_of: date, progress: Progress, wanted: str = "") -> AddedPack:
    fetched = fetch(address, prepared.root, Limits(*LIMITS), progress)
    try:
        head = head_of(fetched.files)
        _expect(wanted, head)
        pack = _locked(prepared, address, fetched, head)
        changes = _changes(prepared, fetched, head, as_of)
    except CannotJudgeError as error:
        raise CannotJudgeError(f"{address.text}: {harmless(str(error))}") from error
    place(prepared.root, _lock(prepared), pack, fetched.files)
    before = _lock(prepared).find(pack.name)
    named = any(setting.name == pack.name for setting in prepared.settings.packs) or name_pack(prepared, pack.name)
    return AddedPack(pack, before, changes, named)


def _expect(wanted: str, head: PackHead) -> None:
    """Refuse a source that holds another pack than the one to update."""
    if wanted and head.name != wanted:
        raise CannotJudgeError(f"the source holds pack {head.name} instead of {wanted}; to switch, run 'shipcheck pack add'")


def _locked(prepared: Prepared, address: Address, fetched: Fetched, head: PackHead) -> LockedPack:
    """The entry for the lock, after checking the signatures and the current entry."""
    digest = tree_digest(fetched.files)
    signer = verify(prepared.settings.trust, head.name, head.version, fetched.files)
    pack = LockedPack(head.name, head.version, address.text, fetched.resolved or digest, digest, signer)
    before = _lock(prepared).find(head.name)
    if before is not None and is_older(head.version, before.version):
        why = f"to downgrade, first remove the pack from {LOCK} and its folder"
        raise CannotJudgeError(f"{pack.label} is older than {before.version}, which is in use; {why}")
    # A pack under development, in a folder next to the repository, changes without a new version.
    if before is not None and before.version == head.version and before.digest != digest and address.kind != PATH:
        raise CannotJudgeError(f"{pack.label} has different files than when it was added: the release was replaced at its source")
    return pack


def _changes(prepared: Prepared, fetched: Fetched, head: PackHead, as_of: date) -> tuple[str, ...]:
    new = compiled(fetched.files, head, prepared, as_of)
    files = prepared.packs.committed.packs.get(head.name)
    if files is None:
        return ()
    contents = {path: file.content for path, file in files.items()}
    return pack_changes(compiled(contents, head_of(contents), prepared, as_of), new)
