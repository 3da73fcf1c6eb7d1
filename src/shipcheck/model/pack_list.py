"""Packs as commands list and show them."""

from dataclasses import dataclass

from shipcheck.model.lock import LockedPack
from shipcheck.model.pack_head import PackHead
from shipcheck.model.policy import Pack


@dataclass(frozen=True, slots=True)
class ListedPack:
    """A pack with its description and contents; `locked` is None for one that is not in the lock file.

    `source` is its source as a person knows it. `provides` are the references of its components, `templates` the names of the
    templates of `shipcheck new`, `files` the number of committed files.
    """

    head: PackHead
    pack: Pack
    source: str
    locked: LockedPack | None = None
    provides: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    files: int = 0
