"""`shipcheck pack keygen` and `shipcheck pack sign`: generate a key, and sign a pack's files."""

import os
import stat
from pathlib import Path

from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.fetch.fetched import Limits
from shipcheck.fetch.path import fetch_path
from shipcheck.files import replace_file
from shipcheck.model.lock import labelled
from shipcheck.model.pack_sign import PublicKey, SignedPack
from shipcheck.model.trust import SIGNATURE
from shipcheck.pipeline.packs.candidate import LIMITS, head_of
from shipcheck.sources.git import in_repository
from shipcheck.trust.signatures import sign
from shipcheck.trust.signing_keys import key_id, new_key, public_half, read_key

_OWN = 0o600
_LONGEST_KEY = 64 * 1024


def make_key_file(path: Path) -> PublicKey:
    """Write a new key to a new file that only its owner can read; returns its public half.

    Raises:
        UsageError: the file would lie in a git repository.
        CannotJudgeError: it is there already, or cannot be written.
    """
    _refuse_repository(path)
    pem = new_key()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN), "wb") as stream:
            stream.write(pem)
    except FileExistsError:
        raise CannotJudgeError(f"{path} already exists; give a new file name") from None
    except OSError as error:
        raise CannotJudgeError(f"{path} cannot be written: {error.strerror}") from error
    return _public(pem)


def pack_sign(folder: Path, key_files: tuple[Path, ...]) -> SignedPack:
    """Sign every file of a pack, and write the signatures beside its pack.yaml.

    Raises:
        UsageError: a key lies in the pack, or in a git repository.
        CannotJudgeError: the folder holds no pack, or a key cannot be used.
    """
    files = {path: content for path, content in fetch_path(folder, Limits(*LIMITS)).files.items() if path != SIGNATURE}
    head = head_of(files)
    keys = tuple(_read(path, folder) for path in key_files)
    try:
        replace_file(folder / SIGNATURE, sign(head.name, head.version, files, keys))
    except OSError as error:
        raise CannotJudgeError(f"{folder / SIGNATURE} cannot be written: {error.strerror}") from error
    return SignedPack(labelled(head.name, head.version), tuple(_public(pem) for pem in keys))


def _public(pem: bytes) -> PublicKey:
    public = public_half(read_key(pem))
    return PublicKey(key_id(public), public)


def _read(path: Path, folder: Path) -> bytes:
    """The PEM of a key that only its owner can read."""
    if folder.resolve() in path.resolve().parents:
        raise UsageError(f"{path} is inside the pack and would be published with it; move it elsewhere")
    _refuse_repository(path)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise CannotJudgeError(f"{path} is readable by other users; run 'chmod 600 {path}'")
        with path.open("rb") as stream:
            return stream.read(_LONGEST_KEY)
    except OSError as error:
        raise CannotJudgeError(f"{path} cannot be read: {error.strerror}") from error


def _refuse_repository(path: Path) -> None:
    if in_repository(path.resolve().parent):
        raise UsageError(f"{path} is inside a git repository, where it could be committed; keep the key elsewhere")
