"""What `shipcheck check` prints about small repositories: the findings on the pages of policies."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from shipcheck.app.check import CheckRequest, check
from shipcheck.causes.first_screen import with_screen
from shipcheck.compare.rules import rule_named
from shipcheck.report.check.text import finding_blocks
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.style import Style

DAY = date(2026, 11, 22)
BASE = "main"
# Commits depend on no configuration of the machine, and go into no repository whose hook runs this.
_GIT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
_PLAIN = Style(color=False)

Files = Mapping[str, str]


def findings(policy: str, files: Files, base: Files | None = None) -> str:
    """The findings of one policy over a repository, as the terminal shows them; empty if there are none.

    `base` holds the files of the branch to compare with, for policies on changes.

    Raises:
        ValueError: the repository cannot be judged.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        if base is None:
            _write(root, files)
        else:
            _git(root, "init", "--quiet", "--initial-branch", BASE)
            _commit(root, base)
            _git(root, "checkout", "--quiet", "-b", "change")
            _git(root, "rm", "--quiet", "-r", ".")
            _commit(root, files)
        report = check(CheckRequest(root, DAY, _asked(policy), base="" if base is None else BASE))
    judged = report.judged
    if judged.problems:
        raise ValueError([problem.message for problem in judged.problems])
    alone = replace(judged, results=tuple(result for result in judged.results if result.policy == policy))
    shown = with_screen(replace(report, judged=alone))
    return "\n\n".join(finding_blocks(shown, Excerpts(report.inputs.texts, _PLAIN), _PLAIN))


def _asked(policy: str) -> tuple[str, ...]:
    """What `--policy` names; a rule of the tool cannot be named, and is judged whenever there is a base."""
    return () if rule_named(policy) else (policy,)


def _commit(root: Path, files: Files) -> None:
    _write(root, files)
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--allow-empty", "--message", "files")


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, env=_GIT, check=True)  # noqa: S603, S607 - our own commands


def _write(root: Path, files: Files) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
