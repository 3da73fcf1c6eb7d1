"""The address of a pack's source, as a user writes it."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from shipcheck.errors import UsageError

PATH, GIT, OCI, ARCHIVE, PACKAGE = "path", "git", "oci", "archive", "package"
FORMS = (
    "path:FOLDER, git+https://HOST/REPOSITORY@REF//FOLDER, oci://HOST/REPOSITORY:TAG, https://HOST/FILE.tar.gz or pypi:PACKAGE"
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST = 2_000
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]*")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|::1")
_FOLDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+.-]*(/[A-Za-z0-9_][A-Za-z0-9_+.-]*)*")
_REPOSITORY = re.compile(r"[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_PACKAGE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:#([a-z][a-z0-9/-]*))?")


class Address(NamedTuple):
    """A parsed address.

    `place` is a folder, an address without its end, `HOST/REPOSITORY`, or the name of a package; `ref` a branch, tag, commit,
    digest or entry point; `folder` the folder inside; `text` what is recorded. `local` means that only this machine is contacted.
    """

    kind: str
    place: str
    text: str
    ref: str = ""
    folder: str = ""
    local: bool = False


def parse_address(text: str) -> Address:
    """Parse an address.

    Raises:
        UsageError: it is not valid, or contains something that must not be recorded, such as a password.
    """
    if len(text) > _LONGEST or not text.isprintable():
        raise UsageError(f"a source has at most {_LONGEST} printable characters")
    if text.startswith("path:"):
        return _path(text.removeprefix("path:"))
    if text.startswith("pypi:"):
        return _package(text)
    if text.startswith("oci://"):
        return _oci(text)
    if text.startswith("git+"):
        return _git(text)
    if text.startswith(("https://", "http://")):
        return _archive(text)
    if "://" in text:
        raise UsageError(f"'{text}' is not a valid source; write {FORMS}")
    return _path(text)


def _path(folder: str) -> Address:
    place = folder or "."
    return Address(PATH, place, f"path:{place}", local=True)


def _package(text: str) -> Address:
    match = _PACKAGE.fullmatch(text.removeprefix("pypi:"))
    if not match:
        raise UsageError(f"'{text}' does not name a package; write pypi:PACKAGE, or pypi:PACKAGE#PACK if it has several packs")
    return Address(PACKAGE, match[1], text, match[2] or "", local=True)


def _oci(text: str) -> Address:
    parts = _split(text)
    name, at, digest = parts.path.removeprefix("/").partition("@")
    repository, colon, tag = name.partition(":")
    is_artifact = (
        _REPOSITORY.fullmatch(repository)
        and (not at or _DIGEST.fullmatch(digest))
        and (not colon or _TAG.fullmatch(tag))
        and (at or colon)
    )
    if not is_artifact:
        raise UsageError(
            f"'{text}' does not name an artifact; write oci://HOST/REPOSITORY:TAG or oci://HOST/REPOSITORY@sha256:DIGEST"
        )
    return Address(OCI, f"{parts.netloc}/{repository}", text, digest or tag, local=_is_loopback(parts))


def _git(text: str) -> Address:
    parts = _split(text.removeprefix("git+"), schemes=("https", "http", "ssh", "file"))
    path, _, folder = parts.path.partition("//")
    path, at, ref = path.rpartition("@") if "@" in path else (path, "", "")
    if at and (not _REF.fullmatch(ref) or ".." in ref or ref.endswith(("/", ".lock", "."))):
        raise UsageError(f"'{ref}' is not a valid branch, tag or commit; write git+https://HOST/REPOSITORY@REF//FOLDER")
    place = parts._replace(path=path).geturl()
    return Address(GIT, place, text, ref, _checked_folder(folder), local=parts.scheme == "file" or _is_loopback(parts))


def _archive(text: str) -> Address:
    parts = _split(text, schemes=("https", "http"))
    path, _, folder = parts.path.partition("//")
    if not path.endswith((".tar.gz", ".tgz")):
        raise UsageError(
            f"'{text}' does not name an archive; write https://HOST/FILE.tar.gz, or git+https:// for a git repository"
        )
    place = parts._replace(path=path).geturl()
    return Address(ARCHIVE, place, text, folder=_checked_folder(folder), local=_is_loopback(parts))


def _split(text: str, schemes: tuple[str, ...] = ("oci",)) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"'{text}' is not a valid address: {error}") from None
    if parts.scheme not in schemes:
        raise UsageError(f"'{text}' is not a valid source; write {FORMS}")
    if parts.password is not None or (parts.username is not None and parts.scheme != "ssh"):
        raise UsageError("the source has a user name or a password, which the lock file would record; use a credential helper")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise UsageError(f"'{text}' has a part after '?' or '#', which often contains a token; the lock file would record it")
    if parts.scheme == "file":
        if host:
            raise UsageError(f"'{text}' names another machine; write git+file:///FOLDER")
        return parts
    if not _HOST.fullmatch(host):
        raise UsageError(f"'{text}' has no host")
    if parts.scheme == "http" and not _is_loopback(parts):
        raise UsageError(f"'{text}' is not encrypted; use https for other machines")
    return parts


def _is_loopback(parts: SplitResult) -> bool:
    return parts.hostname in _LOOPBACK


def _checked_folder(folder: str) -> str:
    if folder and (not _FOLDER.fullmatch(folder) or ".." in folder.split("/")):
        raise UsageError(f"'{folder}' is not a folder inside the source; write it without '..' and without '/' at its ends")
    return folder
