"""Where a report goes: the terminal or a file, coloured or not."""

import os
import sys
import tempfile
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
    return not to_file and sys.stdout.isatty()


def write(text: str, path: Path | None) -> None:
    """Write the whole report at once, as UTF-8, to standard output or, atomically, to a file.

    Raises:
        CannotJudgeError: it cannot be written.
    """
    content = text.encode("utf-8", "backslashreplace")
    try:
        if path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            _replace(path, content)
    except OSError as error:
        where = "standard output" if path is None else str(path)
        raise CannotJudgeError(f"the report cannot be written to {where}: {error.strerror}") from error


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place, so that a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
