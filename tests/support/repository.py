"""A real git repository in a folder, and what a check says about its states."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.running import write

from shipcheck.app.check import CheckRequest, check
from shipcheck.pipeline.state import State
from shipcheck.report.check.json import render as render_json

DAY = date(2026, 11, 22)
SETTINGS = {
    "user.name": "A",
    "user.email": "a@example.com",
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",
    "commit.gpgsign": "false",
    "advice.detachedHead": "false",
    "core.autocrlf": "false",
    "gc.auto": "0",
}
OPTIONS = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]


@dataclass(frozen=True)
class Repository:
    """A folder under git, without anybody's own configuration."""

    top: Path

    def git(self, *arguments: str, **environment: str) -> str:
        """What a git command prints."""
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *OPTIONS, *arguments],
            cwd=self.top,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **own, **environment},
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Files with these contents, not staged."""
        write(self.top, files)

    def commit(self, files: Mapping[str, str] | None = None, *arguments: str) -> str:
        """Everything there is, with these files, as a commit; its name."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=next", *arguments)
        return self.git("rev-parse", "HEAD")

    def judged(self, state: str | None = None, *, base: str = "", path: str = "", **request: Any) -> dict[str, Any]:
        """The report on a state, as data."""
        wanted = CheckRequest(self.top / path, DAY, state=State(state) if state else None, base=base, **request)
        judged = check(wanted)
        report: dict[str, Any] = json.loads(render_json(judged))
        return report


def create(top: Path, files: Mapping[str, str]) -> Repository:
    """A repository with one commit, on the branch main."""
    top.mkdir(parents=True)
    repository = Repository(top)
    repository.git("init", "--quiet")
    repository.commit(files)
    return repository


def said(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report without what says where its files were read."""
    return {key: value for key, value in report.items() if key not in {"source", "root"}}
