"""The contents of the folder of a pack that is being written."""

from pathlib import Path

_GIT = ".git"


def file_sizes(folder: Path) -> dict[str, int]:
    """The size in bytes of every file below the folder, by its path there; git's own files are not part of a pack."""
    files = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    paths = {path.relative_to(folder): path for path in files}
    return {inner.as_posix(): path.lstat().st_size for inner, path in paths.items() if _GIT not in inner.parts}


def linked_files(folder: Path) -> tuple[str, ...]:
    """The symbolic links below the folder, by their paths there."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink()))
