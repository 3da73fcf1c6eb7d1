"""The files of one pack, from a folder."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from shipcheck.model.document import File

HEAD = "pack.yaml"
COMPONENTS = "components"
_FOLDERS = ("", "policies")


def built_in_names(root: Traversable) -> tuple[str, ...]:
    """The names of the built-in packs."""
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.is_dir() and (entry / HEAD).is_file()))


def pack_files(folder: Traversable, name: str, prefix: str, folders: tuple[str, ...] = _FOLDERS) -> tuple[File, ...]:
    """The pack's YAML files, `pack.yaml` first: those next to it and those under `policies/`, or those of other folders.

    `prefix` is put before each path, so that a problem names the file as the reader knows it.
    """
    files: list[File] = []
    for part in folders:
        place = folder / part if part else folder
        if not place.is_dir():
            continue
        for entry in sorted(place.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".yaml") and entry.is_file():
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


def components_in(folder: Traversable, name: str, prefix: str) -> tuple[File, ...]:
    """The same for a pack in a folder."""
    return pack_files(folder, name, prefix, (COMPONENTS,))
