"""Whether CODEOWNERS guards what decides: the governance folder, itself, and the files that run the check."""

from collections.abc import Mapping, Sequence

from shipcheck.doctor.audits import GOVERNANCE_OWNED
from shipcheck.english import listed
from shipcheck.model.doctor import Answer
from shipcheck.model.location import Location

# What can lie in the governance folder, so that a line which takes in only what is there today is not enough.
GOVERNANCE = (
    ".shipcheck/settings.yaml",
    ".shipcheck/waivers.yaml",
    ".shipcheck/lock.yaml",
    ".shipcheck/local/pack.yaml",
    ".shipcheck/local/policies/any.yaml",
    ".shipcheck/packs/any@1.0.0/pack.yaml",
)
_MOST_NAMED = 3

# The owners of a path as each host reads them; None where that cannot be told.
Owners = tuple[tuple[str, ...] | None, ...]


def owner_answers(owners: Mapping[str, Owners], place: Location | None) -> tuple[Answer, ...]:
    """Answers over the owners of the paths that are to have some; `place` is CODEOWNERS, where there is one."""
    if place is None:
        fix = "Write CODEOWNERS with the line '/.shipcheck/ @org/team', and one for CODEOWNERS and for the CI files."
        return (Answer(GOVERNANCE_OWNED.id, "finding", "there is no CODEOWNERS", None, fix),)
    found: list[Answer] = []
    unclear = [path for path, hosts in owners.items() if None in hosts]
    if unclear:
        text = f"who owns {_named(unclear)} cannot be told from {place.path}"
        fix = "Keep to patterns and owners that the documentation of the host names."
        found.append(Answer(GOVERNANCE_OWNED.id, "not_judged", text, place, fix))
    without = [path for path, hosts in owners.items() if () in hosts or not hosts]
    if without:
        text = f"{_named(without)} can be changed without a code owner"
        fix = f"Add lines such as '/{_folder(without[0])} @org/team' at the end of {place.path}."
        found.append(Answer(GOVERNANCE_OWNED.id, "finding", text, place, fix))
    good = Answer(GOVERNANCE_OWNED.id, "pass", f"{place.path} guards {_named(list(owners))}", place)
    return tuple(found) or (good,)


def _folder(path: str) -> str:
    return ".shipcheck/" if path in GOVERNANCE else path


def _named(paths: Sequence[str]) -> str:
    shown = list(dict.fromkeys(map(_folder, paths)))
    left = len(shown) - _MOST_NAMED
    return listed([*shown[:_MOST_NAMED], f"{left} more"] if left > 0 else shown, "and")
