"""Where a report goes: the terminal or a file, with color or without."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from shipcheck.errors import CannotJudgeError, ExitCode
from shipcheck.files import replace_file
from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem
from shipcheck.presence import exists, is_file
from shipcheck.report.formats import TEXT, render
from shipcheck.report.style import PLAIN, Style

AUTO = "auto"


def show(command: str, value: Any, form: str = TEXT, color: str = AUTO, path: Path | None = None) -> None:
    """Print what a command found in one of its formats, or write it to a file."""
    to_file = path is not None
    write(render(command, form, value, Style(wants_color(color, to_file=to_file), 0 if to_file else _columns())), path)


def _columns() -> int:
    """The columns of the terminal that standard output is; 0 where it is none, since nothing else has a width."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if is_terminal else 0


def show_problems(
    problems: Iterable[Problem], texts: Texts, *, settings_invalid: bool, form: str = TEXT, color: str = AUTO
) -> ExitCode:
    """Print the problems that stop a command; its exit code.

    A program that reads another format than text gets nothing on standard output, and its user the problems on standard error.
    """
    from shipcheck.report.problems import render_problems  # noqa: PLC0415 - only for a command that stops

    if form == TEXT:
        write(render_problems(problems, texts, Style(wants_color(color, to_file=False))), None)
    else:
        _complain(render_problems(problems, texts, PLAIN))
    return ExitCode.of_problems(settings_invalid=settings_invalid)


def _complain(text: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError):  # the exit code says that something is wrong
            sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stderr.buffer.flush()


def wants_color(choice: str, *, to_file: bool) -> bool:
    """Whether to use color: as asked, else on a terminal, with NO_COLOR and FORCE_COLOR obeyed (https://no-color.org)."""
    if choice != AUTO:
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

    A name below /dev is a channel that is open already and may lead to a file, which is appended to, not replaced.
    """
    if exists(path) and (not is_file(path) or path.absolute().parts[:2] == ("/", "dev")):
        with path.open("ab") as stream:
            stream.write(content)
    else:
        replace_file(path.resolve(), content)
