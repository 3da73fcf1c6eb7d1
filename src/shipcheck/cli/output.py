"""Where a report goes: the terminal or a file, coloured or not."""

import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shipcheck.errors import CannotJudgeError


def wants_color(choice: str, *, to_file: bool) -> bool:
    """Whether to colour: as asked, else on a terminal, with NO_COLOR and FORCE_COLOR obeyed (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return not to_file and sys.stdout is not None and sys.stdout.isatty()


def write(text: str, path: Path | None) -> None:
    """Write the whole report at once, as UTF-8, to standard output or, atomically, to a file.

    Raises:
        CannotJudgeError: it cannot be written.
    """
    content = text.encode("utf-8", "backslashreplace")
    where = "standard output" if path is None else str(path)
    try:
        if path is not None:
            _write_file(path, content)
        elif sys.stdout is None:
            raise CannotJudgeError("the report cannot be written: standard output is closed")
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except OSError as error:
        raise CannotJudgeError(f"the report cannot be written to {where}: {error.strerror}") from error


def replace_in_place(text: str, path: Path) -> None:
    """Write the whole report, as UTF-8 and atomically, to the file of that very name; a link there is replaced, not followed.

    Raises:
        CannotJudgeError: it cannot be written.
    """
    try:
        _replace(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CannotJudgeError(f"the report cannot be written to {path}: {error.strerror}") from error


def append(text: str, path: Path) -> None:
    """Add text, as UTF-8, at the end of a file that others write to as well.

    Raises:
        CannotJudgeError: it cannot be written.
    """
    try:
        with path.open("ab") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CannotJudgeError(f"the report cannot be added to {path}: {error.strerror}") from error


def create(files: Mapping[Path, str]) -> None:
    """Write new files, all of them or none; what is there already is never touched.

    Raises:
        CannotJudgeError: one of them cannot be written, or is there by now.
    """
    made: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path, text.encode("utf-8"))
            made.append(path)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise CannotJudgeError(f"nothing is written: {error.filename2 or error.filename}: {error.strerror}") from error


def _create(path: Path, content: bytes) -> None:
    """Write beside the new file and give it its name, which fails where something has that name."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _write_file(path: Path, content: bytes) -> None:
    """Replace a regular file, or the one a link leads to; write into anything else that is there, such as a pipe."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            stream.write(content)
    else:
        _replace(target, content)


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place, so that a reader never sees half of it."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() and not path.is_symlink() else 0o666 & ~_umask()
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


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
