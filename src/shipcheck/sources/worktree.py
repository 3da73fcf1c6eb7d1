"""The files of a folder: through git where there is a repository, else by walking it."""

import os
from dataclasses import dataclass
from pathlib import Path

from shipcheck.sources.git import repository_top, run_git

GIT_FOLDER = ".git"


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths relative to the root, with `/`, sorted. `absent` are tracked files that a sparse checkout leaves out."""

    root: Path
    paths: tuple[str, ...]
    absent: frozenset[str]
    submodules: frozenset[str]
    source: str


def list_worktree(root: Path) -> Listing:
    """Every file below `root`, tracked or untracked and not ignored where git knows, all of them elsewhere.

    Raises:
        CannotJudgeError: the folder is in a git repository and git cannot list it.
    """
    if repository_top(root) is None:
        return Listing(root, tuple(sorted(_walk(root))), frozenset(), frozenset(), "folder")
    listed = run_git(root, "ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard")
    staged = run_git(root, "ls-files", "-z", "--stage")
    tagged = [entry.split(" ", 1) for entry in _decoded(listed)]
    absent = frozenset(path for tag, path in tagged if tag == "S" and not os.path.lexists(root / path))
    submodules = frozenset(entry.partition("\t")[2] for entry in _decoded(staged) if entry.startswith("160000 "))
    paths = {path for _, path in tagged if path in absent or os.path.lexists(root / path)}
    return Listing(root, tuple(sorted(paths)), absent, submodules, "worktree")


def _decoded(output: bytes) -> list[str]:
    return [os.fsdecode(entry) for entry in output.split(b"\0") if entry]


def _walk(root: Path) -> list[str]:
    """Every path below the folder that is not a folder; links are named, never followed."""
    found: list[str] = []
    queue = [""]
    for prefix in queue:
        with os.scandir(root / prefix if prefix else root) as entries:
            for entry in entries:
                path = f"{prefix}/{entry.name}" if prefix else entry.name
                if not entry.is_dir(follow_symlinks=False):
                    found.append(path)
                elif entry.name != GIT_FOLDER:
                    queue.append(path)
    return found
