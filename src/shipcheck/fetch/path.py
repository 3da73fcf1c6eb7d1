"""A pack from a local folder."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Fetched, Limits, is_hidden
from shipcheck.presence import is_file, is_folder, is_link


def fetch_path(folder: Path, limits: Limits) -> Fetched:
    """Every file below the folder except hidden ones; links are refused, not followed.

    Raises:
        CannotJudgeError: it is not a folder, or contains something that a pack cannot contain.
    """
    if not is_folder(folder):
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
        if is_link(entry) or not (is_file(entry) or is_folder(entry)):
            raise CannotJudgeError(f"{path} is not a regular file; a pack can only contain regular files")
        if is_folder(entry):
            _collect(entry, f"{path}/", collection)
        else:
            collection.expect(path, entry.stat().st_size)
            collection.add(path, entry.read_bytes())
