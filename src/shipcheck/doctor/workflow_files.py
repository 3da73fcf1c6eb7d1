"""Where the files of a repository's CI setup are, and what each is read as."""

import re
from collections.abc import Iterable
from typing import Literal

Kind = Literal["github", "gitlab", "azure", "hooks", "other"]

_PLACES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("github", re.compile(r"\.github/workflows/[^/]+\.ya?ml")),
    ("gitlab", re.compile(r"\.gitlab-ci\.yml")),
    ("azure", re.compile(r"\.?azure-pipelines(?:/[^/]+)?\.ya?ml")),
    ("hooks", re.compile(r"\.pre-commit-config\.ya?ml|prek\.toml")),
    ("other", re.compile(r"bitbucket-pipelines\.yml|Jenkinsfile|\.circleci/config\.yml")),
)
_ACTION = re.compile(r"(?:(?P<folder>.+)/)?action\.ya?ml", re.DOTALL)


def setup_places(paths: Iterable[str]) -> dict[str, Kind]:
    """The files among these that say what runs, and when."""
    kinds: dict[str, Kind] = {}
    for path in paths:
        for kind, pattern in _PLACES:
            if pattern.fullmatch(path):
                kinds[path] = kind
    return kinds


def action_folders(paths: Iterable[str]) -> dict[str, str]:
    """The files among these that define an action of this repository, with the folder that names it."""
    return {path: match["folder"] or "" for path in paths if (match := _ACTION.fullmatch(path))}
