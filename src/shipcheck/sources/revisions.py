"""What a name of a revision stands for, and what mends it where it stands for nothing."""

import os
import re
import shlex
from pathlib import Path

from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.sources.git import ask_git, run_git
from shipcheck.sources.source import Source

_HEAD = frozenset({"HEAD", "@"})
_REMOTE = re.compile(r"(?:refs/remotes/)?(origin|upstream)/(.+)")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def commit_of(folder: Path, revision: str) -> str:
    """The full name of the commit that a revision stands for.

    Raises:
        UsageError: that can be no name of a revision.
        CannotJudgeError: there is no such commit here; the message says what brings it.
    """
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise UsageError(f"{revision!a} is no revision; write worktree, index, or the name of a commit, branch or tag")
    found = ask_git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found:
        return found
    run_git(folder, "rev-parse", "--git-dir")
    if revision in _HEAD:
        raise CannotJudgeError("HEAD has no commit yet; make one with 'git commit', or judge what is staged with --from index")
    raise CannotJudgeError(f"no commit is called '{revision}' in this clone; {_remedy(folder, revision)}")


def merge_base(folder: Path, base: str, head: str, name: str) -> str:
    """The commit where the head parted from the base, both given by their full names; `name` is what the user calls the base.

    Raises:
        CannotJudgeError: there is none here; the message says what brings it.
    """
    found = ask_git(folder, "merge-base", base, head)
    if found:
        return found
    if _is_shallow(folder):
        remedy = "this clone is shallow; run 'git fetch --unshallow', and let CI fetch the whole history"
        raise CannotJudgeError(f"where HEAD parted from '{name}' cannot be told: {remedy}")
    raise CannotJudgeError(
        f"HEAD and '{name}' have no commit in common; name as --base the branch that this one is to be merged into"
    )


def changed_paths(folder: Path, before: str, source: Source) -> frozenset[str]:
    """The paths, from the top of the repository, in which a source differs from a commit.

    Raises:
        CannotJudgeError: git cannot compare them.
    """
    asked = ("-z", "--name-only", "--no-renames", "-r")
    if source.revision:
        output = run_git(folder, "diff-tree", *asked, before, source.revision)
    else:
        output = run_git(folder, "diff-index", *asked, *(("--cached",) if source.kind == "index" else ()), before)
    return frozenset(os.fsdecode(path) for path in output.split(b"\0") if path)


def _is_shallow(folder: Path) -> bool:
    return ask_git(folder, "rev-parse", "--is-shallow-repository") == "true"


def _remedy(folder: Path, revision: str) -> str:
    remote = _REMOTE.fullmatch(revision)
    if remote:
        spec = shlex.quote(f"{remote[2]}:refs/remotes/{remote[1]}/{remote[2]}")
        return f"run 'git fetch {remote[1]} {spec}'"
    if _COMMIT.fullmatch(revision):
        return f"run 'git fetch origin {revision}'"
    if _is_shallow(folder):
        return "it is shallow, so run 'git fetch --unshallow', or correct the name"
    return "'git branch --all' and 'git tag' list the names there are"
