"""The files under `.shipcheck/`: those that are read, and those that nobody reads, which is a problem of whoever wrote them."""

import re
from collections.abc import Sequence

from shipcheck.model.document import File
from shipcheck.model.location import HEAD, whole_file
from shipcheck.model.lock import LOCK, PACKS
from shipcheck.model.problem import Problem
from shipcheck.model.waiver import WAIVERS
from shipcheck.sources.source import FOLDER, Source

SETTINGS = f"{FOLDER}/settings.yaml"
LOCAL = f"{FOLDER}/local"
LOCAL_HEAD = f"{LOCAL}/pack.yaml"
# Problems of files that are left lying about: whatever is read can be read all the same.
STRAY = "stray-file"
_PACK_FILE = re.compile(r"local/(?:policies/)?(?!\.#)[^/]+\.yaml", re.DOTALL)
_READ = re.compile(rf"(?:settings|waivers|lock)\.yaml|{_PACK_FILE.pattern}", re.DOTALL)
# Beside what is read: a pack's tests and texts, and what editors and systems leave, which nobody takes for settings.
_ASIDE = re.compile(r"(?:local/)?(?:tests|docs|components|templates)/.*|.*\.md|(?:.*/)?\..*|.*~", re.DOTALL)
# Held against the lock, file by file.
_VERIFIED = re.compile(r"packs(?:/.*)?", re.DOTALL)


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


def read_lock_file(source: Source) -> File | Problem | None:
    """The lock, or None where there is none."""
    return source.file(LOCK) if source.lists(LOCK) else None


def committed_paths(source: Source) -> tuple[str, ...]:
    """Every path below the folder of packs, those that git ignores too, and the folder itself where it is none."""
    return tuple(path for path in source.governance() if path == PACKS or path.startswith(f"{PACKS}/"))


def read_committed(source: Source, paths: Sequence[str]) -> dict[str, File | Problem]:
    """These files of packs; one that no commit will have is a problem too."""
    source.prefetch(paths)
    return {path: source.file(path) if source.lists(path) else _ignored(source, path, path) for path in paths}


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
    if _VERIFIED.fullmatch(inner):
        return None
    if _READ.fullmatch(inner):
        if source.lists(path):
            return None
        return _ignored(source, path, shown)
    if _ASIDE.fullmatch(inner):
        return None
    message = f"{shown} is read by nobody: settings stand in settings.yaml, waivers in waivers.yaml, policies in local/pack.yaml"
    return Problem(place, STRAY, message)


def _ignored(source: Source, path: str, shown: str) -> Problem:
    message = f"{shown} is ignored by git, so no commit will have it; take it out of .gitignore, or delete it"
    return Problem(whole_file(source.origin, path), "ignored-governance", message)
