"""The committed packs on disk: a pack's folder is complete or absent, and the lock file is written last."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.files import replace_file
from shipcheck.model.lock import LOCK, PACKS, Lock, LockedPack
from shipcheck.packs.digest import sums_text, tree_digest
from shipcheck.packs.tree_limits import tree_problems
from shipcheck.presence import exists, is_folder, is_link

_HEAD = """\
# Every pack in use, with the digest of its files. Written by 'shipcheck pack add' and 'shipcheck pack update'; do not edit.
shipcheck: 1
tool: {tool}
"""
_KEYS = ("name", "version", "source", "resolved", "digest", "signer")
# Git must not convert the line ends of packs, or their digest would change.
_ATTRIBUTES = "* -text\n"


def place(root: Path, lock: Lock, pack: LockedPack, files: Mapping[str, bytes]) -> None:
    """Write a pack's files to their folder, then the lock file with the pack in it, then remove its other versions.

    An interrupted run leaves a folder that is not or no longer in the lock file; every check reports it.

    Raises:
        CannotJudgeError: the files are not a valid pack, do not match the digest, or cannot be written.
    """
    problems = tree_problems({path: len(content) for path, content in files.items()})
    if problems:
        raise CannotJudgeError(f"{pack.label} is not a valid pack: {problems[0].path} {problems[0].reason}")
    if tree_digest(files) != pack.digest:
        raise CannotJudgeError(f"the files of {pack.label} do not match the digest {pack.digest}; nothing was written")
    with _report_errors():
        _refuse_links(root, pack)
        _write_folder(root / pack.folder, files)
        replace_file(root / pack.sums, sums_text(files).encode("ascii"))
        _write_lock(root, lock.replaced(pack))
        _remove_versions(root, pack.name, (root / pack.folder, root / pack.sums))


def remove(root: Path, lock: Lock, name: str) -> None:
    """Write the lock file without a pack, then remove every version of the pack.

    Raises:
        CannotJudgeError: the lock file cannot be written, or a folder cannot be removed.
    """
    with _report_errors():
        _write_lock(root, lock.without(name))
        _remove_versions(root, name)


@contextmanager
def _report_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotJudgeError(f"the pack was not written: {error.filename}: {error.strerror}") from error


def _refuse_links(root: Path, pack: LockedPack) -> None:
    """A folder of the repository that is a link must not redirect the writes elsewhere."""
    place = root
    for step in pack.folder.split("/"):
        place /= step
        if is_link(place) or (exists(place) and not is_folder(place)):
            raise CannotJudgeError(f"{place.relative_to(root).as_posix()} is not a folder; remove it and try again")


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write to a temporary folder next to it and rename; the previous folder is kept until then."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".", suffix=".tmp"))
    try:
        new, old = temporary / "new", temporary / "old"
        for path, content in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(content)
        if exists(folder):
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write_lock(root: Path, lock: Lock) -> None:
    attributes = root / PACKS / ".gitattributes"
    if is_folder(attributes.parent) and not exists(attributes):
        replace_file(attributes, _ATTRIBUTES.encode("utf-8"))
    replace_file(root / LOCK, lock_text(lock).encode("utf-8"))


def _remove_versions(root: Path, name: str, kept: tuple[Path, ...] = ()) -> None:
    publisher = (root / PACKS / name).parent
    if not is_folder(publisher):
        return
    for entry in sorted(publisher.iterdir()):
        if not entry.name.startswith(f"{name.rpartition('/')[2]}@") or entry in kept:
            continue
        if is_folder(entry) and not is_link(entry):
            shutil.rmtree(entry)
        else:
            entry.unlink()
    if not any(publisher.iterdir()):
        publisher.rmdir()


def lock_text(lock: Lock) -> str:
    """The lock file: sorted, one block a pack and one line a value, so that git merges two branches that add packs."""
    packs = sorted(lock.packs, key=lambda pack: pack.name)
    blocks = [_block(pack) for pack in packs]
    return _HEAD.format(tool=_quoted(lock.tool)) + ("packs:\n" + "\n".join(blocks) if blocks else "packs: []\n")


def _block(pack: LockedPack) -> str:
    lines = [f"{key}: {_quoted(getattr(pack, key))}" for key in _KEYS if getattr(pack, key)]
    return "".join(f"{'  - ' if number == 0 else '    '}{line}\n" for number, line in enumerate(lines))


def _quoted(text: str) -> str:
    """The text in double quotes, in plain ASCII: JSON's escapes beyond 16 bits are not valid in YAML."""
    return f'"{"".join(_escaped(letter) for letter in text)}"'


def _escaped(letter: str) -> str:
    if letter in {'"', "\\"}:
        return f"\\{letter}"
    return letter if " " <= letter <= "~" else f"\\U{ord(letter):08x}"
