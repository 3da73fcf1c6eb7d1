"""`shipcheck pack publish`: a folder to an archive, or to a registry."""

from datetime import date
from pathlib import Path

from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.fetch.fetched import Limits, harmless
from shipcheck.fetch.oci import publish_oci
from shipcheck.fetch.pack_archive import pack_archive
from shipcheck.fetch.path import fetch_path
from shipcheck.fetch.source_address import OCI, parse_address
from shipcheck.files import replace_file
from shipcheck.model.lock import labelled
from shipcheck.model.pack_head import PackHead
from shipcheck.model.pack_publish import PublishedPack
from shipcheck.model.trust import SIGNATURE
from shipcheck.packs.digest import tree_digest
from shipcheck.pipeline.packs.candidate import LIMITS, compiled, head_of
from shipcheck.pipeline.prepare import prepare_source
from shipcheck.pipeline.state import WORKTREE, open_source

_SECONDS = 120.0
_ENDS = (".tar.gz", ".tgz")


def pack_publish(folder: Path, target: str, as_of: date) -> PublishedPack:
    """Build the archive of a pack, and write it to a file or push it to a registry under its version.

    Raises:
        UsageError: the target is neither of them, or has a tag that is not the version.
        CannotJudgeError: the folder holds no pack, or the target does not take it.
    """
    fetched = fetch_path(folder, Limits(*LIMITS))
    head = head_of(fetched.files)
    compiled(fetched.files, head, prepare_source(folder.resolve(), open_source(folder.resolve(), WORKTREE)), as_of)
    archive = pack_archive(fetched.files)
    place, resolved = _to_registry(target, archive, head) if target.startswith("oci://") else _to_file(target, archive)
    label = labelled(head.name, head.version)
    return PublishedPack(label, tree_digest(fetched.files), place, resolved, SIGNATURE in fetched.files)


def _to_registry(target: str, archive: bytes, head: PackHead) -> tuple[str, str]:
    """Push it under its version; a target without a tag gets the version as its tag."""
    tagged = target if ":" in target.rpartition("/")[2] else f"{target}:{head.version}"
    address = parse_address(tagged)
    if address.kind != OCI or address.ref != head.version:
        raise UsageError(f"the tag must be the pack's version; use {target.rpartition(':')[0]}:{head.version}")
    about = {"org.opencontainers.image.title": head.name, "org.opencontainers.image.version": head.version}
    try:
        return tagged, publish_oci(address, archive, about, _SECONDS)
    except CannotJudgeError as error:
        raise CannotJudgeError(f"{tagged}: {harmless(str(error))}") from error


def _to_file(target: str, archive: bytes) -> tuple[str, str]:
    if "://" in target or not target.endswith(_ENDS):
        raise UsageError(f"cannot publish to '{target}'; use oci://HOST/REPOSITORY or a file such as pack.tar.gz")
    try:
        replace_file(Path(target), archive)
    except OSError as error:
        raise CannotJudgeError(f"{target} cannot be written: {error.strerror}") from error
    return target, ""
