"""Clones of the repositories that truths are about. They are given by the user; nothing is fetched here."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from discovery.truths import Truth


class Clone(NamedTuple):
    """A clone with the commit that a truth names, without changes in its scope; `missing` files there are not checked out."""

    path: Path
    missing: int = 0


def find(truth: Truth, folders: Iterable[Path]) -> Clone | str:
    """The clone of a truth's repository, which is one of the folders or in one of them; or why there is none to use."""
    for folder in folders:
        for path in (folder, folder / truth.folder, folder / truth.name):
            if path.name in {truth.folder, truth.name} and (path / ".git").exists():
                return _judge(truth, path)
    return f"no clone: {how_to_get(truth)}"


def how_to_get(truth: Truth) -> str:
    """The commands that make a clone with the commit."""
    url, folder = f"https://github.com/{truth.repository}", truth.folder
    return f"git init {folder} && git -C {folder} fetch --depth 1 {url} {truth.commit} && git -C {folder} checkout FETCH_HEAD"


def _judge(truth: Truth, path: Path) -> Clone | str:
    commit = _git(path, "rev-parse", "HEAD").strip()
    if commit != truth.commit:
        return (
            f"{path} is at {commit or 'no commit'}: git -C {path} fetch --depth 1 origin {truth.commit}, then checkout FETCH_HEAD"
        )
    lines = _git(path, "status", "--porcelain", "--untracked-files=no", "--", *truth.scope).splitlines()
    changed = [line[3:] for line in lines if "D" not in line[:2]]
    return f"{path} has a change in {changed[0]}: git -C {path} checkout -- {changed[0]}" if changed else Clone(path, len(lines))


def _git(path: Path, *arguments: str) -> str:
    git = shutil.which("git") or "git"
    done = subprocess.run([git, "-C", str(path), *arguments], capture_output=True, text=True, check=False)
    return done.stdout
