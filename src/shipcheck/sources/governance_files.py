"""The files under `.shipcheck/`: those that are read, and those that are not, which is a problem for their authors."""

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
# The code of problems about stray files, which do not prevent the other files from being read.
STRAY = "stray-file"
_PACK_FILE = re.compile(r"local/(?:policies/)?(?!\.#)[^/]+\.yaml", re.DOTALL)
_DETECTOR = r"(?:local/)?detectors/(?!\.#)[^/]+\.yaml"
_READ = re.compile(rf"(?:settings|waivers|lock)\.yaml|{_DETECTOR}|{_PACK_FILE.pattern}", re.DOTALL)
# Not settings, and not reported: the tests and texts of packs, and files that editors and systems leave behind.
_ASIDE = re.compile(
    r"(?:local/)?(?:tests|docs|components|templates)/.*|.*\.md|(?:.*/)?\.(?:#.*|(?!.*\.ya?ml$).*)|.*~", re.DOTALL | re.IGNORECASE
)
# Verified against the lock file, file by file.
_VERIFIED = re.compile(r"packs(?:/.*)?", re.DOTALL)


def read_settings_file(source: Source) -> File | Problem | None:
    """The settings, or None if there are none."""
    return source.file(SETTINGS) if source.lists(SETTINGS) else None


def read_waivers_file(source: Source) -> File | Problem | None:
    """The waivers, or None if there are none."""
    return source.file(WAIVERS) if source.lists(WAIVERS) else None


def read_local_pack(source: Source, name: str) -> tuple[File | Problem, ...]:
    """The files of the local pack, its head first, or nothing if there is none; `name` is the origin of the head's files."""
    if not source.lists(LOCAL_HEAD):
        return ()
    paths = [path for path in source.below(LOCAL) if _PACK_FILE.fullmatch(path.removeprefix(f"{FOLDER}/"))]
    source.prefetch(paths)
    ordered = sorted(paths, key=lambda path: (path != LOCAL_HEAD, path))
    origin = name if source.origin == HEAD else source.origin
    return tuple(_of(origin, source.file(path)) for path in ordered)


def read_lock_file(source: Source) -> File | Problem | None:
    """The lock file, or None if there is none."""
    return source.file(LOCK) if source.lists(LOCK) else None


def committed_paths(source: Source) -> tuple[str, ...]:
    """Every path below the folder of packs, including those that git ignores, and the folder itself if it is not a folder."""
    return tuple(path for path in source.governance() if path == PACKS or path.startswith(f"{PACKS}/"))


def read_committed(source: Source, paths: Sequence[str]) -> dict[str, File | Problem]:
    """These files of packs; a file that git ignores is a problem."""
    source.prefetch(paths)
    return {path: source.file(path) if source.lists(path) else _ignored(source, path, path) for path in paths}


def _of(origin: str, file: File | Problem) -> File | Problem:
    if isinstance(file, File):
        return File(origin, file.path, file.content)
    return Problem(file.location._replace(origin=origin), file.code, file.message)


def stray_governance(source: Source) -> tuple[Problem, ...]:
    """Every file of the governance folder that this version does not read, and a local pack without a head."""
    paths = source.governance()
    if FOLDER in paths:
        message = f"{FOLDER} is not a folder; settings are in {SETTINGS}"
        return (Problem(whole_file(source.origin, FOLDER), "not-a-folder", message),)
    problems = [problem for path in paths if (problem := _problem(source, path))]
    if any(path.startswith(f"{LOCAL}/") for path in paths) and LOCAL_HEAD not in paths:
        message = f"{LOCAL} has no pack.yaml, so its policies are not read; add one"
        problems.append(Problem(whole_file(source.origin, LOCAL), "headless-pack", message))
    return tuple(problems)


def is_read_below_top(path: str) -> bool:
    """Whether a path in the governance folder of a root below the top is read there, or is not worth reporting."""
    inner = f"/{path}".partition(f"/{FOLDER}/")[2]
    return inner == "settings.yaml" or bool(_PACK_FILE.fullmatch(inner) or _ASIDE.fullmatch(inner))


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
    where = "settings are in settings.yaml, waivers in waivers.yaml, policies in local/pack.yaml, detectors in detectors/*.yaml"
    message = f"{shown} is not read: {where}"
    return Problem(place, STRAY, message)


def _ignored(source: Source, path: str, shown: str) -> Problem:
    message = f"{shown} is ignored by git and would be missing from commits; remove it from .gitignore, or delete it"
    return Problem(whole_file(source.origin, path), "ignored-governance", message)
