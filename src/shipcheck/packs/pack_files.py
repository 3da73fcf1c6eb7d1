"""The files of one pack: what is in its folder, and where policies, components and templates go."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from shipcheck.model.document import File
from shipcheck.presence import files_below, is_file, is_folder, is_link

HEAD = "pack.yaml"
COMPONENTS = "components"
POLICIES = "policies"
TEMPLATES = "templates"
TEMPLATE = "template.yaml"
_FOLDERS = ("", POLICIES)
_GIT = ".git"


def built_in_names(root: Path) -> tuple[str, ...]:
    """The names of the built-in packs."""
    return tuple(sorted(entry.name for entry in root.iterdir() if is_folder(entry) and is_file(entry / HEAD)))


def pack_files(folder: Path, name: str, prefix: str, folders: tuple[str, ...] = _FOLDERS) -> tuple[File, ...]:
    """The pack's YAML files, `pack.yaml` first: those next to it and those under `policies/`, or those of other folders.

    `prefix` is put before each path, so that a problem names the file as the reader knows it.
    """
    files: list[File] = []
    for part in folders:
        place = folder / part if part else folder
        if not is_folder(place):
            continue
        for entry in sorted(place.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".yaml") and is_file(entry):
                path = "/".join(piece for piece in (prefix, part, entry.name) if piece)
                files.append(File(name, path, entry.read_bytes()))
    return tuple(sorted(files, key=lambda file: not file.path.endswith(f"{prefix}/{HEAD}")))


def files_of(files: Mapping[str, File], name: str, prefix: str, folders: tuple[str, ...] = _FOLDERS) -> tuple[File, ...]:
    """The same for a pack whose files are already read, by their paths in the pack."""
    wanted = [path for path in files if path.endswith(".yaml") and path.rpartition("/")[0] in folders]
    ordered = sorted(wanted, key=lambda path: (path != HEAD, folders.index(path.rpartition("/")[0]), path))
    return tuple(File(name, f"{prefix}/{path}", files[path].content) for path in ordered)


def component_files(files: Mapping[str, File], name: str, prefix: str) -> tuple[File, ...]:
    """The manifests of the components that a pack provides."""
    return files_of(files, name, prefix, (COMPONENTS,))


def components_in(folder: Path, name: str, prefix: str) -> tuple[File, ...]:
    """The same for a pack in a folder."""
    return pack_files(folder, name, prefix, (COMPONENTS,))


def file_sizes(folder: Path) -> dict[str, int]:
    """The size in bytes of every file below the folder, by its path there; git's own files are not part of a pack."""
    paths = {path.relative_to(folder): path for path in files_below(folder)}
    return {inner.as_posix(): path.lstat().st_size for inner, path in paths.items() if _GIT not in inner.parts}


def linked_files(folder: Path) -> tuple[str, ...]:
    """The symbolic links below the folder, by their paths there."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files_below(folder) if is_link(path)))


def policy_file(policy: str, family: str, holders: Collection[str]) -> str:
    """The file for a new policy, as a path below the pack.

    `holders` are the paths of the files that have policies now. A pack without any keeps them under `policies/`. A policy
    without a family gets a file of its own, or joins the others where all of them are in `pack.yaml`.
    """
    if not family and set(holders) == {HEAD}:
        return HEAD
    beside = any("/" not in path and path != HEAD for path in holders)
    folder = "" if beside and not any(path.startswith(f"{POLICIES}/") for path in holders) else f"{POLICIES}/"
    return f"{folder}{family or policy}.yaml"


def template_names(paths: Iterable[str]) -> tuple[str, ...]:
    """The names of the templates among the paths of a pack's files: a folder each below `templates/`, with a `template.yaml`."""
    steps = (path.split("/") for path in paths)
    return tuple(sorted(step[1] for step in steps if len(step) == 3 and step[0] == TEMPLATES and step[2] == TEMPLATE))
