"""Whether CODEOWNERS guards the rules: the governance folder, CODEOWNERS itself, and the files that run the check."""

from collections.abc import Mapping, Sequence

from shipcheck.doctor.audits import GOVERNANCE_OWNED
from shipcheck.english import listed
from shipcheck.model.doctor import Answer
from shipcheck.model.location import Location

# Files that the governance folder can contain, because a line that covers only today's files is not enough.
GOVERNANCE = (
    ".shipcheck/settings.yaml",
    ".shipcheck/waivers.yaml",
    ".shipcheck/lock.yaml",
    ".shipcheck/local/pack.yaml",
    ".shipcheck/local/policies/any.yaml",
    ".shipcheck/packs/any@1.0.0/pack.yaml",
)
_MOST_NAMED = 3

# The owners of a path as each host reads them; None if they cannot be determined.
Owners = tuple[tuple[str, ...] | None, ...]


def owner_answers(owners: Mapping[str, Owners], place: Location | None, lines: Sequence[Location] = ()) -> tuple[Answer, ...]:
    """Answers about the owners of the paths that must have some.

    `place` is CODEOWNERS, if there is one; `lines` are those because of which owners cannot be determined.
    """
    if place is None:
        fix = "Add CODEOWNERS with the line '/.shipcheck/ @org/team', and lines for CODEOWNERS and the CI files."
        return (Answer(GOVERNANCE_OWNED.id, "finding", "CODEOWNERS not found", None, fix),)
    answers: list[Answer] = []
    unclear = [path for path, hosts in owners.items() if None in hosts]
    for source in (lines or (place,)) if unclear else ():
        line = f"line {source.line} of " if source.line else ""
        text = f"cannot determine the owners of {_named(unclear)} from {line}{source.path}"
        fix = "Use only patterns and owners that the host documents, such as '/folder/ @org/team'."
        answers.append(Answer(GOVERNANCE_OWNED.id, "not_judged", text, source, fix))
    without = [path for path, hosts in owners.items() if () in hosts or not hosts]
    if without:
        text = f"{_named(without)} can be changed without a code owner"
        fix = f"Add lines such as '/{_folder(without[0])} @org/team' at the end of {place.path}."
        answers.append(Answer(GOVERNANCE_OWNED.id, "finding", text, place, fix))
    good = Answer(GOVERNANCE_OWNED.id, "pass", f"{place.path} guards {_named(list(owners))}", place)
    return tuple(answers) or (good,)


def _folder(path: str) -> str:
    return ".shipcheck/" if path in GOVERNANCE else path


def _named(paths: Sequence[str]) -> str:
    shown = list(dict.fromkeys(map(_folder, paths)))
    left = len(shown) - _MOST_NAMED
    return listed([*shown[:_MOST_NAMED], f"{left} more"] if left > 0 else shown, "and")
