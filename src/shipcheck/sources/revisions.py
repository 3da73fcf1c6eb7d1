"""Resolves the name of a revision, and suggests a fix if it cannot be resolved."""

import os
import re
import shlex
from pathlib import Path

from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.sources.git import ask_git, run_git
from shipcheck.sources.revision_names import resolve
from shipcheck.sources.source import Source

_HEAD = frozenset({"HEAD", "@"})
_REMOTE = re.compile(r"(?:refs/remotes/)?(origin|upstream)/(.+)")
_ORIGIN = "refs/remotes/origin/"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def commit_of(folder: Path, revision: str, *, as_base: bool = False) -> str:
    """The full hash of the commit that a revision names; `as_base` as in revision_names.py.

    Raises:
        UsageError: the text cannot be the name of a revision.
        CannotJudgeError: the name is ambiguous, or the commit is not in this clone; the message says how to get it.
    """
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise UsageError(f"{revision!a} is not a valid revision; use worktree, index, or the name of a commit, branch or tag")
    commit = resolve(folder, revision, as_base=as_base)
    if commit:
        return commit
    run_git(folder, "rev-parse", "--git-dir")
    if revision in _HEAD:
        raise CannotJudgeError("HEAD has no commit yet; run 'git commit', or check what is staged with --from index")
    raise CannotJudgeError(f"revision '{revision}' not found in this clone; {_remedy(folder, revision)}")


def default_branch(folder: Path) -> str:
    """The default branch of the remote `origin`, where this clone knows it; else empty."""
    reference = ask_git(folder, "symbolic-ref", "--quiet", f"{_ORIGIN}HEAD") or ""
    return reference.removeprefix(_ORIGIN)


def merge_base(folder: Path, base: str, head: str, name: str) -> str:
    """The common ancestor of the base and the head, both given by their full hash; `name` is what the user calls the base.

    Raises:
        CannotJudgeError: there is none in this clone; the message says how to get it.
    """
    ancestor = ask_git(folder, "merge-base", base, head)
    if ancestor:
        return ancestor
    if _is_shallow(folder):
        remedy = "this clone is shallow; run 'git fetch --unshallow', and have CI fetch the full history"
        raise CannotJudgeError(f"cannot find the merge base of HEAD and '{name}': {remedy}")
    raise CannotJudgeError(
        f"HEAD and '{name}' have no common ancestor; set --base to the branch that this one will be merged into"
    )


def merge_bases(folder: Path, base: str, head: str) -> tuple[str, ...]:
    """Every best common ancestor of base and head, given by their full hashes; merges in both directions leave several.

    Raises:
        CannotJudgeError: git cannot list them.
    """
    return tuple(os.fsdecode(run_git(folder, "merge-base", "--all", base, head)).split())


def changed_paths(folder: Path, before: str, source: Source) -> frozenset[str]:
    """The paths, relative to the top of the repository, in which `source` differs from the commit `before`.

    Raises:
        CannotJudgeError: git cannot compare them.
    """
    options = ("-z", "--name-only", "--no-renames", "-r")
    if source.revision:
        output = run_git(folder, "diff-tree", *options, before, source.revision)
    else:
        output = run_git(folder, "diff-index", *options, *(("--cached",) if source.kind == "index" else ()), before)
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
    return "'git branch --all' and 'git tag' list all names"
