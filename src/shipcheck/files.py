"""Atomic file writes, one writer at a time.

A reader sees the old content or the new, never a part, even if the run is interrupted.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.presence import is_file, is_link

if sys.platform == "win32":  # pragma: no cover
    import msvcrt
else:
    import fcntl


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Lock a folder; another process that does the same waits. The system unlocks it if this process dies.

    Raises:
        CannotJudgeError: it cannot be locked.
    """
    try:
        handle = _held(folder)
    except OSError as error:
        raise CannotJudgeError(f"{folder} cannot be locked against other edits: {error.strerror}") from error
    try:
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover

    def _held(folder: Path) -> int:
        """Windows locks bytes of files alone; this file is among the temporary ones."""
        name = sha256(str(folder).lower().encode("utf-8", "surrogatepass")).hexdigest()[:32]
        handle = os.open(Path(tempfile.gettempdir()) / f"shipcheck-{name}.lock", os.O_RDWR | os.O_CREAT)
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten seconds
                continue
            return handle

else:

    def _held(folder: Path) -> int:
        """The folder itself is locked, so that no file appears in the repository."""
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        return handle


def replace_file(path: Path, content: bytes) -> None:
    """Write to a temporary file next to it and rename; a link is replaced, not followed, and the mode is kept.

    Raises:
        OSError: it cannot be written; the old file is still there, or the new one, which the disk may still lose. Never a part.
    """
    mode = stat.S_IMODE(path.stat().st_mode) if is_file(path) and not is_link(path) else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """Have the disk keep the names in a folder, if the system supports it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def create_files(files: Mapping[Path, str], changed: tuple[Path, str] | None = None) -> None:
    """Write new files, all of them or none; existing files are never changed, but for one file to replace: `changed`.

    Raises:
        CannotJudgeError: one of them cannot be written, or exists by now.
    """
    created: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path, text.encode("utf-8"))
            created.append(path)
        if changed:
            replace_file(changed[0], changed[1].encode("utf-8"))
    except OSError as error:
        for path in created:
            path.unlink(missing_ok=True)
        raise CannotJudgeError(f"nothing was written: {error.filename2 or error.filename}: {error.strerror}") from error


def _create(path: Path, content: bytes) -> None:
    """Write to a temporary file and link it to the new name, which fails if that name is taken."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The file mode mask of the process, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
