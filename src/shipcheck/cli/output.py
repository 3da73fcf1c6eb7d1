"""Where a report goes: the terminal or a file, coloured or not."""

import os
import sys
from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.files import replace_file


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
        replace_file(path, text.encode("utf-8", "backslashreplace"))
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


def _write_file(path: Path, content: bytes) -> None:
    """Replace a regular file, or the one a link leads to; write into anything else that is there, such as a pipe.

    A name below /dev stands for a channel that is open already, which may lead to a file: that is gone on with, not replaced.
    """
    if path.exists() and (not path.is_file() or path.absolute().parts[:2] == ("/", "dev")):
        with path.open("ab") as stream:
            stream.write(content)
    else:
        replace_file(path.resolve(), content)
