"""Names that look like shipcheck's own and that nothing reads: misplaced governance folders, and near names of manifests."""

import re
from collections.abc import Iterable, Mapping

from shipcheck.sources.source import FOLDER

# Names that people take for a manifest's, apart from those that differ in case or ending; see manifests.py.
_NAME = re.compile(r"(?:.*/)?(?:\.shipcheck|\.?shipcheck[-_.][^/]+|[^/]+\.shipcheck)\.ya?ml", re.IGNORECASE | re.DOTALL)
_YAML = (".yaml", ".yml")


def yaml_files(paths: Iterable[str]) -> list[str]:
    """The paths that end as YAML files do, in any case, and are not in the governance folder at the top."""
    return [path for path in paths if path[-5:].lower().endswith(_YAML) and not path.startswith(f"{FOLDER}/")]


def has_near_name(path: str) -> bool:
    """Whether the name is nearly that of a manifest."""
    return _NAME.fullmatch(path) is not None


def better_name(path: str) -> str:
    """The name under which the file would be read."""
    folder, slash, name = path.rpartition("/")
    stem = name[: name.rindex(".")].lower()
    words = stem.removeprefix(".").removeprefix("shipcheck").removesuffix(".shipcheck").strip("-_.")
    return f"{folder}{slash}{f'{words}.shipcheck.yaml' if words else 'shipcheck.yaml'}"


def misplaced_folders(paths: Iterable[str]) -> Mapping[str, list[str]]:
    """Every governance folder but the one at the top, with the paths of it; a file or a link of that name is its only path."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if FOLDER not in (lowered := path.lower()) or path.startswith(f"{FOLDER}/") or path == FOLDER:
            continue
        parts = lowered.split("/")
        if FOLDER in parts:
            depth = parts.index(FOLDER) + 1
            found.setdefault("/".join(path.split("/")[:depth]), []).append(path)
    return found
