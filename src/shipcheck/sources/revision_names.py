"""The references that a name of a revision may mean, and whether they agree.

git takes the first that exists, a tag before a branch, and only warns of the others: the author of a tag could choose a base.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.sources.git import ask_git, run_git

# What follows the name of a reference: no reference contains these signs.
_SUFFIX = re.compile(r"[~^:]|@\{")
_ABBREVIATED = re.compile(r"[0-9a-f]{4,63}")
# git never takes these for the name of a reference.
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FULL_NAME = "refs/"
# Where git looks for a name, and the branch that a remote calls its default.
_PLACES = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
_REMOTES = "refs/remotes/"
_HEAD = frozenset({"", "HEAD", "@"})


def resolve(folder: Path, revision: str, *, as_base: bool = False) -> str | None:
    """The commit that a revision names; None if there is none.

    A base may also be named as every remote calls its branch: `main` for `refs/remotes/origin/main`.

    Raises:
        CannotJudgeError: the name means different commits.
    """
    name = _SUFFIX.split(revision)[0]
    suffix = revision[len(name) :]
    commit = _commit(folder, revision)
    if name in _HEAD or _HASH.fullmatch(name):
        return commit
    found = _candidates(folder, name, suffix, as_base=as_base)
    if name.startswith(_FULL_NAME):
        # Where nothing has this very name, git would take a tag called refs/tags/refs/...
        return found.get(name)
    if commit and (not found or commit not in found.values()):
        found = {**found, revision: commit}
    if len(set(found.values())) > 1:
        raise CannotJudgeError(_ambiguous(revision, found))
    return next(iter(found.values()), None)


def _candidates(folder: Path, name: str, suffix: str, *, as_base: bool) -> Mapping[str, str]:
    """The commit of every reference, and of every abbreviated hash, that `name` may mean."""
    wanted = {name} if name.startswith(_FULL_NAME) else {place.format(name) for place in _PLACES}
    patterns = [*sorted(wanted), *([f"{_REMOTES}*/{name}"] if as_base else [])]
    listed = run_git(folder, "for-each-ref", "--format=%(refname)", *patterns).decode("utf-8", "surrogateescape").splitlines()
    meant = [each for each in listed if each in wanted or (as_base and _is_branch_of_a_remote(each, name))]
    objects = []
    if meant and _ABBREVIATED.fullmatch(name):
        objects = run_git(folder, "rev-parse", f"--disambiguate={name}").decode("ascii").split()
    commits = {each: _commit(folder, each + suffix) for each in (*meant, *objects)}
    return {each: commit for each, commit in commits.items() if commit}


def _is_branch_of_a_remote(reference: str, name: str) -> bool:
    return reference.startswith(_REMOTES) and reference.removeprefix(_REMOTES).partition("/")[2] == name


def _commit(folder: Path, revision: str) -> str | None:
    return ask_git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")


def _ambiguous(revision: str, found: Mapping[str, str]) -> str:
    meanings = " and ".join(f"{each} is {commit[:12]}" for each, commit in sorted(found.items()))
    full = min(found, key=lambda each: (not each.startswith(_REMOTES), each))
    return f"'{revision}' is ambiguous: {meanings}; write the full name, for example {full}"
