"""A pack from a local folder."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Fetched, Limits, is_hidden


def fetch_path(folder: Path, limits: Limits) -> Fetched:
    """Every file below the folder except hidden ones; links are refused, not followed.

    Raises:
        CannotJudgeError: it is not a folder, or contains something that a pack cannot contain.
    """
    if not folder.is_dir():
        raise CannotJudgeError(f"{folder.as_posix()} is not a folder")
    collection = Collection(limits)
    try:
        _collect(folder, "", collection)
    except OSError as error:
        raise CannotJudgeError(f"{error.filename}: {error.strerror}") from error
    return Fetched(collection.files)


def _collect(folder: Path, start: str, collection: Collection) -> None:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        path = start + entry.name
        if is_hidden(entry.name):
            continue
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            raise CannotJudgeError(f"{path} is not a regular file; a pack can only contain regular files")
        if entry.is_dir():
            _collect(entry, f"{path}/", collection)
        else:
            collection.expect(path, entry.stat().st_size)
            collection.add(path, entry.read_bytes())
