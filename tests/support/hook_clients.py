"""Real pre-commit and real prek: each with a home of its own, in which the environment of the hook is built once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.support.repository import OPTIONS, Repository, create

ROOT = Path(__file__).resolve().parents[2]
# What an environment of a hook is built from.
BUILT_FROM = ("src", "detectors", "policies", "schemas", "README.md", "LICENSE", "pyproject.toml", ".pre-commit-hooks.yaml")
STAGES = ("pre-commit", "pre-merge-commit")
DAY = "2026-11-22"
CLIENTS = {"pre-commit": ("PRE_COMMIT_HOME", "install-hooks"), "prek": ("PREK_HOME", "prepare-hooks")}
# prek otherwise looks for its installer beyond the package index.
FROM_THE_INDEX = {"PREK_UV_SOURCE": "pip"}
# Nobody listens there.
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")


@dataclass(frozen=True)
class Client:
    """A client of hooks, and the environment variables of its runs."""

    name: str
    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a run; the program itself is found by its path."""
        nobodys = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "NO_COLOR": "1"}
        return {**os.environ, **nobodys, **FROM_THE_INDEX, CLIENTS[self.name][0]: str(self.home), **more}

    def run(self, folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """One run of the client to its end, with all that it prints."""
        program = Path(sys.executable).parent / self.name
        return _run([str(program), *arguments], folder, self.environment(**more))

    def prepare(self, top: Path) -> None:
        """Install the hooks in a repository and build their environments, for which the package index is asked."""
        kinds = [part for stage in STAGES for part in ("--hook-type", stage)]
        for arguments in (("install", *kinds), (CLIENTS[self.name][1],)):
            done = self.run(top, *arguments)
            assert done.returncode == 0, done.stdout

    def git(self, repository: Repository, *arguments: str, before: Iterable[str] = ()) -> subprocess.CompletedProcess[str]:
        """A git command with the hooks that are installed, and without any network."""
        return _run([*before, "git", *OPTIONS, *arguments], repository.top, self.environment(**NO_NETWORK))


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        encoding="utf-8",
    )


def publish(folder: Path) -> str:
    """This checkout, as it lies there, as a repository that offers hooks; its commit."""
    for name in BUILT_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    repository = Repository(folder)
    repository.git("init", "--quiet")
    return repository.commit()


def config(published: Path, commit: str) -> str:
    """A configuration of the hook `shipcheck`, which shows its report also where it passes."""
    return (
        f"repos:\n  - repo: {published}\n    rev: {commit}\n    hooks:\n"
        f"      - {{id: shipcheck, verbose: true, args: [--as-of, '{DAY}']}}\n"
    )


def adopt(client: Client, top: Path, files: dict[str, str]) -> Repository:
    """A repository with one commit of these files, and the hook in place."""
    repository = create(top, files)
    client.prepare(top)
    return repository
