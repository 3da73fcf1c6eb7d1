"""Packs by the names that a user types: a folder, a built-in pack, or every pack in use here."""

from dataclasses import dataclass
from pathlib import Path

from shipcheck import assets
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import UsageError
from shipcheck.model.document import Document, File, Mapping, Scalar
from shipcheck.packs.pack_files import HEAD, built_in_names
from shipcheck.pipeline.packs.assemble import LOCAL_NAME
from shipcheck.pipeline.prepare import Prepared, prepare, root_of
from shipcheck.presence import is_file, is_folder
from shipcheck.read.parse import parse
from shipcheck.sources.governance_files import LOCAL


@dataclass(frozen=True, slots=True)
class Source:
    """A pack's name, its folder, and the prefix under which its files are printed."""

    name: str
    folder: Path
    prefix: str


def find_sources(pack: str | None, root: Path | None = None) -> tuple[Source, ...]:
    """The packs that an argument names; None means those in use in the repository.

    Raises:
        UsageError: no such pack.
        CannotJudgeError: the files of the repository cannot be listed.
    """
    if pack is None:
        return _in_use(root)
    folder = Path(pack)
    if is_folder(folder):
        return (_from_folder(folder, pack),)
    return (find_own(pack, root) or _built_in(pack),)


def find_own(name: str, root: Path | None) -> Source | None:
    """The pack of that name that the repository itself has: its local one, or one that is committed."""
    place = root_of(root)
    if name == LOCAL_NAME and is_file(place / LOCAL / HEAD):
        return Source(LOCAL_NAME, place / LOCAL, LOCAL)
    return _in_lock(name, root) if "/" in name else None


def _in_lock(name: str, root: Path | None) -> Source | None:
    """A pack that is committed where the command runs."""
    prepared = prepare(root)
    return source_in_use(name, prepared) if prepared.lock and prepared.lock.find(name) else None


def _from_folder(folder: Path, written: str) -> Source:
    head = folder / HEAD
    if not is_file(head):
        raise UsageError(f"{written} is not a pack: it has no {HEAD}")
    prefix = Path(written).as_posix()
    document = parse(File("pack", f"{prefix}/{HEAD}", head.read_bytes()))
    root = document.root if isinstance(document, Document) else None
    entry = root.find("pack") if isinstance(root, Mapping) else None
    name = entry[1].text if entry and isinstance(entry[1], Scalar) else folder.resolve().name
    return Source(name, folder, prefix)


def _built_in(name: str) -> Source:
    names = built_in_names(assets.policies())
    if name not in names:
        hint = did_you_mean(name, names) or f"; give a folder, or one of {listed(names)}"
        raise UsageError(f"unknown pack '{name}'{hint}")
    return Source(name, assets.policies() / name, f"{name}@built-in")


def _in_use(root: Path | None) -> tuple[Source, ...]:
    prepared = prepare(root)
    if prepared.settings_problems:
        raise UsageError(f"the settings are malformed, so the packs in use are unknown: {prepared.settings_problems[0].message}")
    names = [setting.name for setting in prepared.settings.packs if setting.name != LOCAL_NAME]
    own = [LOCAL_NAME] if is_file(_local_holder(prepared) / LOCAL / HEAD) else []
    return tuple(source_in_use(name, prepared) for name in (*names, *own))


def source_in_use(name: str, prepared: Prepared) -> Source:
    """Where a pack comes from that a repository uses.

    Raises:
        UsageError: no such pack.
    """
    if name == LOCAL_NAME:
        return Source(LOCAL_NAME, _local_holder(prepared) / LOCAL, LOCAL)
    locked = prepared.lock.find(name) if prepared.lock else None
    top = (prepared.top or prepared).root
    return Source(name, top / locked.folder, locked.label) if locked else _built_in(name)


def _local_holder(prepared: Prepared) -> Path:
    """The folder that has the local pack: the root, or the top of its repository if the root has none."""
    own = prepared.top is None or is_file(prepared.root / LOCAL / HEAD)
    return prepared.root if own or prepared.top is None else prepared.top.root
