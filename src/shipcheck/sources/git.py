"""Plumbing calls to git, the only process that shipcheck ever starts."""

import os
import shutil
import subprocess
from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.presence import exists, is_file, is_folder

# Nothing that the checked repository configures may run or page anything, and nothing is fetched.
_SAFE = (
    "--no-replace-objects",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.pager=cat"),
    *("-c", "core.quotePath=false"),
)

# A hook or an alias sets these for the repository it runs for; here only the folder decides.
_PLACES = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_SHALLOW_FILE"}
)
_SETTINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # an older git has no other way to keep a partial clone from fetching
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_GRAFT_FILE": os.devnull,
    "LC_ALL": "C",
}
# What git says where it goes on without something. It also warns of its own attributes in a home folder that is not this user's,
# which hides no file.
_COULD_NOT_LOOK = (
    "could not",
    "cannot ",
    "failed to",
    "unable to open",
    "unable to read",
    "unable to stat",
    "Input/output error",
)


def repository_top(folder: Path) -> Path | None:
    """The top of the git repository that the folder is in, or None outside git."""
    for candidate in (folder, *folder.parents):
        if exists(candidate / ".git"):
            return candidate
    return None


def below_top(folder: Path) -> str:
    """The folder as a path from the top of its repository, ending with `/`; empty at the top and outside git."""
    top = repository_top(folder)
    if top is None or top == folder:
        return ""
    return f"{folder.relative_to(top).as_posix()}/"


def in_repository(folder: Path) -> bool:
    """Whether the folder is in a git repository, or is a bare one."""
    bare = is_file(folder / "HEAD") and is_folder(folder / "objects") and is_folder(folder / "refs")
    return bare or repository_top(folder) is not None


def run_git(folder: Path, *arguments: str, given: bytes = b"", index: Path | None = None) -> bytes:
    """The output of a git command, with `given` on its standard input; `index` is the index file, if not the usual one.

    Raises:
        CannotJudgeError: git is not installed, it fails, or it says that it could not read something.
    """
    done = _call(folder, arguments, given, index)
    if done.returncode:
        raise CannotJudgeError(f"git {arguments[0]} failed in {folder}: {_reason(_lines(done.stderr))}")
    _refuse_complaints(folder, arguments[0], done.stderr)
    return done.stdout


def ask_git(folder: Path, *arguments: str) -> str | None:
    """The one line of output of a git command, or None if it exits with an error.

    Raises:
        CannotJudgeError: git is not installed, or it says that it could not read something.
    """
    done = _call(folder, arguments, b"", None)
    if done.returncode:
        return None
    _refuse_complaints(folder, arguments[0], done.stderr)
    return done.stdout.decode("utf-8", "replace").strip()


def _refuse_complaints(folder: Path, command: str, errors: bytes) -> None:
    """Git exits with 0 where it passes over a folder that it could not open, and only says so."""
    for line in _lines(errors):
        if line.startswith("error: ") or (line.startswith("warning: ") and any(sign in line for sign in _COULD_NOT_LOOK)):
            raise CannotJudgeError(f"git {command} is incomplete in {folder}: {line.partition(' ')[2]}")


def _lines(errors: bytes) -> list[str]:
    return errors.decode("utf-8", "replace").strip().splitlines()


def _reason(lines: list[str]) -> str:
    """The first line of git's message, and the command that git advises for a repository of another user."""
    advice = next((line.strip() for line in lines if "safe.directory" in line), "")
    reason = lines[0] if lines else "no reason given"
    return f"{reason}; if you trust it, run '{advice}'" if advice else reason


def _call(folder: Path, arguments: tuple[str, ...], given: bytes, index: Path | None) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise CannotJudgeError(f"git not found on the PATH, but {folder} is in a git repository; install git")
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES} | _SETTINGS
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    command = [program, *_SAFE, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)  # noqa: S603 - git by its full path, arguments are ours
