"""Plumbing calls to git; the only process that shipcheck ever starts."""

import os
import shutil
import subprocess
from pathlib import Path

from shipcheck.errors import CannotJudgeError

# Nothing that the checked repository configures may run or page anything.
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "core.quotePath=false")

# A hook or an alias tells git which repository it runs for; here the folder alone decides.
_PLACES = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"})


def repository_top(folder: Path) -> Path | None:
    """The top of the git repository that holds the folder, or None outside of git."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def below_top(folder: Path) -> str:
    """The folder as a path from the top of its repository, with a `/` at its end; empty at the top and outside of git."""
    top = repository_top(folder)
    if top is None or top == folder:
        return ""
    return f"{folder.relative_to(top).as_posix()}/"


def run_git(folder: Path, *arguments: str) -> bytes:
    """What a git command prints.

    Raises:
        CannotJudgeError: there is no git, or it fails.
    """
    program = shutil.which("git")
    if program is None:
        raise CannotJudgeError(f"{folder} is in a git repository, and no git is on the PATH; install git")
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [program, *_SAFE, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603 - git by its full path, arguments are ours
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotJudgeError(f"git {arguments[0]} fails in {folder}: {reason[0] if reason else 'no reason given'}")
    return done.stdout
