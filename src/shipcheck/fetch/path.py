"""A pack from a folder of this machine."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Fetched, Limits, is_hidden


def fetch_path(folder: Path, limits: Limits) -> Fetched:
    """Every file below the folder except hidden ones; links are refused, not followed.

    Raises:
        CannotJudgeError: it is no folder, or holds something that no pack can.
    """
    if not folder.is_dir():
        raise CannotJudgeError(f"{folder.as_posix()} is no folder")
    held = Collection(limits)
    try:
        _collect(folder, "", held)
    except OSError as error:
        raise CannotJudgeError(f"{error.filename}: {error.strerror}") from error
    return Fetched(held.files)


def _collect(folder: Path, start: str, held: Collection) -> None:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        path = start + entry.name
        if is_hidden(entry.name):
            continue
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            raise CannotJudgeError(f"{path} is a link or no file; a pack holds regular files only")
        if entry.is_dir():
            _collect(entry, f"{path}/", held)
        else:
            held.expect(path, entry.stat().st_size)
            held.add(path, entry.read_bytes())
