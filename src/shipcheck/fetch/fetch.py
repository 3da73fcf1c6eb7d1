"""A pack from its source address; each kind of source loads its own libraries only when it is used."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Fetched, Limits, Progress, harmless
from shipcheck.fetch.source_address import ARCHIVE, GIT, OCI, PACKAGE, Address


def fetch(address: Address, root: Path, limits: Limits, progress: Progress) -> Fetched:
    """The files of a pack; a folder's path is relative to `root`.

    Raises:
        CannotJudgeError: they cannot be fetched; the message has the reason.
    """
    try:
        return _fetch(address, root, limits, progress)
    except CannotJudgeError as error:
        raise CannotJudgeError(f"{address.text}: {harmless(str(error))}") from error


def newer_source(address: Address, limits: Limits) -> str:
    """The source of a later version of a pack whose source names a tag in a git repository; empty where none is known.

    Raises:
        CannotJudgeError: the tags cannot be listed.
    """
    if address.kind != GIT:
        return ""
    from shipcheck.fetch.git_source import newer_tag  # noqa: PLC0415

    try:
        tag = newer_tag(address, limits)
    except CannotJudgeError as error:
        raise CannotJudgeError(f"{address.text}: {harmless(str(error))}") from error
    start, at, end = address.text.rpartition(f"@{address.ref}")
    return f"{start}@{tag}{end}" if tag and at else ""


def _fetch(address: Address, root: Path, limits: Limits, progress: Progress) -> Fetched:
    if address.kind == GIT:
        from shipcheck.fetch.git_source import fetch_git  # noqa: PLC0415

        return fetch_git(address, limits)
    if address.kind == OCI:
        from shipcheck.fetch.oci import fetch_oci  # noqa: PLC0415

        return fetch_oci(address, limits, progress)
    if address.kind == ARCHIVE:
        from shipcheck.fetch.https import fetch_archive  # noqa: PLC0415

        return fetch_archive(address, limits, progress)
    if address.kind == PACKAGE:
        from shipcheck.fetch.package import fetch_package  # noqa: PLC0415

        return fetch_package(address.place, address.ref, limits)
    from shipcheck.fetch.path import fetch_path  # noqa: PLC0415

    return fetch_path(root / address.place, limits)
