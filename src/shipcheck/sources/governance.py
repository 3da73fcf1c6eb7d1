"""Files under `.shipcheck/` that nothing reads: each is a problem, because whoever wrote it believes that it counts."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.sources.manifests import ORIGIN

FOLDER = ".shipcheck"
_READ = re.compile(r"settings\.yaml|local/pack\.yaml|local/(?:policies/)?[^/]+\.yaml")
# Beside what is read: a pack's tests and texts, and what editors and systems leave, which nobody takes for settings.
_ASIDE = re.compile(r"(?:local/)?(?:tests|docs|components|templates)/.*|.*\.md|(?:.*/)?\..*|.*~")
_LATER = re.compile(r"waivers\.yaml|lock\.yaml|packs/.*")


def stray_governance(root: Path) -> tuple[Problem, ...]:
    """Every file of the governance folder that this version does not read, and a local pack that has no head."""
    folder = root / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        message = f"{FOLDER} is not a folder; settings stand in {FOLDER}/settings.yaml"
        return (Problem(whole_file(ORIGIN, FOLDER), "not-a-folder", message),)
    found = sorted(_files(folder))
    problems = [problem for path in found if (problem := _problem(path))]
    if any(path.startswith("local/") for path in found) and "local/pack.yaml" not in found:
        message = f"{FOLDER}/local has no pack.yaml, so none of its policies is read; write one"
        problems.append(Problem(whole_file(ORIGIN, f"{FOLDER}/local"), "headless-pack", message))
    return tuple(problems)


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()


def _problem(path: str) -> Problem | None:
    if _READ.fullmatch(path) or _ASIDE.fullmatch(path):
        return None
    place = whole_file(ORIGIN, f"{FOLDER}/{path}")
    if _LATER.fullmatch(path):
        return Problem(place, "not-read-yet", f"{FOLDER}/{path} is not read by this version of shipcheck; remove it")
    message = (
        f"{FOLDER}/{path} is read by nobody: settings stand in settings.yaml, policies in local/pack.yaml and the files beside it"
    )
    return Problem(place, "stray-file", message)
