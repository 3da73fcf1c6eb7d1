"""Files of governance whose code owners others could now approve for."""

from collections.abc import Iterable, Mapping

from shipcheck.compare.rules import Difference
from shipcheck.english import counted, listed
from shipcheck.model.edit import Edit
from shipcheck.model.location import Location

Written = tuple[tuple[str, ...] | None, ...]
"""The owners of a file as each host reads the repository; None if they are unknown, empty without an owner."""


def disowned(before: Mapping[str, Written], after: Mapping[str, Written], place: Location) -> list[Difference]:
    """The files that have no owner any more, or one who was none of theirs in the base; those with the same owners together.

    Any one of the owners of a file may approve, so fewer of them are stricter.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for path in sorted(after):
        old, new = before.get(path, ()), after[path]
        if _owners(old) and not _is_kept(old, new):
            groups.setdefault((_shown(old), _shown(new)), []).append(path)
    return [
        Difference(
            f"code-owners[{paths[0]}]",
            f"CODEOWNERS lets {new} approve {_files(paths)}, not {old} as in the base",
            place,
            edits=tuple(Edit(place.path, path, old, new) for path in paths),
        )
        for (old, new), paths in groups.items()
    ]


def _is_kept(old: Written, new: Written) -> bool:
    known = _owners(old)
    kept = [bool(owners) and known.issuperset(owners or ()) for owners in new]
    return all(kept) if len(old) == len(new) else any(kept)


def _owners(written: Written) -> frozenset[str]:
    return frozenset(owner for owners in written for owner in owners or ())


def _shown(written: Written) -> str:
    return listed(sorted(_owners(written)), "and") or "anybody"


def _files(paths: Iterable[str]) -> str:
    first, *others = paths
    return f"{first} and {counted(len(others), 'more file')}" if others else first
