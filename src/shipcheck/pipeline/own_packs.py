"""The folders of packs of this repository that hold no manifests of it: their tests, and the components that they provide."""

import posixpath
from collections.abc import Iterator

from shipcheck.pipeline.prepare import Prepared

_PATH_SOURCE = "path:"
_FOLDERS = ("components", "tests")


def pack_folders(prepared: Prepared, tip: Prepared | None = None) -> tuple[str, ...]:
    """Those of the packs that the lock file names, each with a `/` at its end.

    With a base that has authority, `tip`, its lock file decides; that of the head adds folders of which the base has no file.
    """
    if tip is None:
        return tuple(_folders(prepared))
    new = (folder for folder in _folders(prepared) if not tip.source.has_folder(folder.rstrip("/")))
    return tuple(dict.fromkeys((*_folders(tip), *new)))


def _folders(prepared: Prepared) -> Iterator[str]:
    for pack in prepared.lock.packs if prepared.lock else ():
        if pack.source.startswith(_PATH_SOURCE):
            source = pack.source.removeprefix(_PATH_SOURCE)
            yield from (posixpath.normpath(f"{source}/{folder}") + "/" for folder in _FOLDERS)
