"""The statement that is signed for a pack: an in-toto statement whose subjects are the pack's files."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from shipcheck.errors import CannotJudgeError
from shipcheck.model.trust import SIGNATURE
from shipcheck.trust.envelope import read_json

_TYPE = "https://in-toto.io/Statement/v1"
_PREDICATE_TYPE = "https://shipcheck.dev/pack/v1"


def write_statement(name: str, version: str, files: Mapping[str, bytes]) -> bytes:
    """The statement about the files of a pack, in its one canonical form."""
    data = {
        "_type": _TYPE,
        "subject": [{"name": path, "digest": {"sha256": digest}} for path, digest in _digests(files).items()],
        "predicateType": _PREDICATE_TYPE,
        "predicate": {"name": name, "version": version},
    }
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def check_statement(payload: bytes, name: str, version: str, files: Mapping[str, bytes]) -> None:
    """Verify that a statement is about this pack and exactly these files.

    Raises:
        CannotJudgeError: it is not; the message names the file that differs.
    """
    data = read_json(payload, "the signed statement")
    if not isinstance(data, dict) or (data.get("_type"), data.get("predicateType")) != (_TYPE, _PREDICATE_TYPE):
        raise CannotJudgeError("the signed payload is not a statement about a pack")
    if data.get("predicate") != {"name": name, "version": version}:
        raise CannotJudgeError(f"the signed statement is about another pack or version than {name}@{version}")
    signed, actual = _subjects(data.get("subject")), _digests(files)
    for path in sorted({*signed, *actual}):
        if path not in signed:
            raise CannotJudgeError(f"{path} is not signed")
        if path not in actual:
            raise CannotJudgeError(f"{path} is signed but missing")
        if signed[path] != actual[path]:
            raise CannotJudgeError(f"{path} was changed after it was signed")


def _subjects(subjects: Any) -> dict[str, str]:
    files: dict[str, str] = {}
    for subject in subjects if isinstance(subjects, list) else ():
        path = subject.get("name") if isinstance(subject, dict) else None
        digests = subject.get("digest") if isinstance(subject, dict) else None
        digest = digests.get("sha256") if isinstance(digests, dict) else None
        if not isinstance(path, str) or not isinstance(digest, str) or path in files:
            raise CannotJudgeError("the signed statement does not list every file once")
        files[path] = digest
    return files


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: sha256(files[path]).hexdigest() for path in sorted(files) if path != SIGNATURE}
