"""The files under `.shipcheck/`: those that are read, and those that nobody reads, which is a problem of whoever wrote them."""

import re

from shipcheck.model.document import File
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.problem import Problem
from shipcheck.sources.source import FOLDER, Source

SETTINGS = f"{FOLDER}/settings.yaml"
WAIVERS = f"{FOLDER}/waivers.yaml"
LOCAL = f"{FOLDER}/local"
LOCAL_HEAD = f"{LOCAL}/pack.yaml"
# Problems of files that are left lying about: whatever is read can be read all the same.
STRAY, LATER = "stray-file", "not-read-yet"
_PACK_FILE = re.compile(r"local/(?:policies/)?(?!\.#)[^/]+\.yaml", re.DOTALL)
_READ = re.compile(rf"(?:settings|waivers)\.yaml|{_PACK_FILE.pattern}", re.DOTALL)
# Beside what is read: a pack's tests and texts, and what editors and systems leave, which nobody takes for settings.
_ASIDE = re.compile(r"(?:local/)?(?:tests|docs|components|templates)/.*|.*\.md|(?:.*/)?\..*|.*~", re.DOTALL)
_LATER = re.compile(r"lock\.yaml|packs/.*", re.DOTALL)


def read_settings_file(source: Source) -> File | Problem | None:
    """The settings, or None where there are none."""
    return source.file(SETTINGS) if source.lists(SETTINGS) else None


def read_waivers_file(source: Source) -> File | Problem | None:
    """The waivers, or None where there are none."""
    return source.file(WAIVERS) if source.lists(WAIVERS) else None


def read_local_pack(source: Source, name: str) -> tuple[File | Problem, ...]:
    """The files of the local pack, its head first, or nothing where there is none; `name` is the origin of those of the head."""
    if not source.lists(LOCAL_HEAD):
        return ()
    paths = [path for path in source.below(LOCAL) if _PACK_FILE.fullmatch(path.removeprefix(f"{FOLDER}/"))]
    source.prefetch(paths)
    ordered = sorted(paths, key=lambda path: (path != LOCAL_HEAD, path))
    origin = name if source.origin == HEAD else source.origin
    return tuple(_of(origin, source.file(path)) for path in ordered)


def _of(origin: str, found: File | Problem) -> File | Problem:
    if isinstance(found, File):
        return File(origin, found.path, found.content)
    return Problem(found.location._replace(origin=origin), found.code, found.message)


def stray_governance(source: Source) -> tuple[Problem, ...]:
    """Every file of the governance folder that this version does not read, and a local pack that has no head."""
    found = source.governance()
    if FOLDER in found:
        message = f"{FOLDER} is not a folder; settings stand in {SETTINGS}"
        return (Problem(whole_file(source.origin, FOLDER), "not-a-folder", message),)
    problems = [problem for path in found if (problem := _problem(source, path))]
    if any(path.startswith(f"{LOCAL}/") for path in found) and LOCAL_HEAD not in found:
        message = f"{LOCAL} has no pack.yaml, so none of its policies is read; write one"
        problems.append(Problem(whole_file(source.origin, LOCAL), "headless-pack", message))
    return tuple(problems)


def _problem(source: Source, path: str) -> Problem | None:
    inner = path.removeprefix(f"{FOLDER}/")
    shown = path.encode("utf-8", "backslashreplace").decode()
    place = whole_file(source.origin, shown)
    if _READ.fullmatch(inner):
        if source.lists(path):
            return None
        message = f"{shown} is ignored by git, so no commit will have it; take it out of .gitignore, or delete it"
        return Problem(place, "ignored-governance", message)
    if _ASIDE.fullmatch(inner):
        return None
    if _LATER.fullmatch(inner):
        return Problem(place, LATER, f"{shown} is not read by this version of shipcheck; remove it")
    message = f"{shown} is read by nobody: settings stand in settings.yaml, waivers in waivers.yaml, policies in local/pack.yaml"
    return Problem(place, STRAY, message)
