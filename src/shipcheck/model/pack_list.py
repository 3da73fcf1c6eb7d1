"""Packs as commands list and show them."""

from dataclasses import dataclass

from shipcheck.model.lock import LockedPack
from shipcheck.model.pack_head import PackHead
from shipcheck.model.policy import Pack


@dataclass(frozen=True, slots=True)
class ListedPack:
    """A pack with what it says of itself and what it holds; `locked` is None for one that needs no lock.

    `source` is where it comes from, as a person knows it. `provides` are the references of its components, `templates` the names
    of what `shipcheck new` makes of it, `files` how many files are committed.
    """

    head: PackHead
    pack: Pack
    source: str
    locked: LockedPack | None = None
    provides: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    files: int = 0
