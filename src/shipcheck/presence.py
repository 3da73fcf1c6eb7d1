"""Whether a path exists, and what it is.

The functions of `os.path` and `pathlib` say no where this user may not look, and files would be skipped silently.
"""

import os
import stat
from collections.abc import Iterator
from errno import ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR
from pathlib import Path

from shipcheck.errors import CannotJudgeError

_ABSENT = frozenset({ENOENT, ENOTDIR})
# A link that leads to itself leads to nothing, and no file has a name that is too long.
_LEADS_NOWHERE = _ABSENT | {ELOOP, ENAMETOOLONG}


def exists(path: str | Path) -> bool:
    """Whether anything is there, after links are followed; raises as `mode_of` does."""
    return mode_of(path) is not None


def is_file(path: str | Path) -> bool:
    """Whether it is a regular file, after links are followed; raises as `mode_of` does."""
    return stat.S_ISREG(mode_of(path) or 0)


def is_folder(path: str | Path) -> bool:
    """Whether it is a folder, after links are followed; raises as `mode_of` does."""
    return stat.S_ISDIR(mode_of(path) or 0)


def is_link(path: str | Path) -> bool:
    """Whether it is a symbolic link, wherever it leads; raises as `own_mode` does."""
    return stat.S_ISLNK(own_mode(path) or 0)


def mode_of(path: str | Path) -> int | None:
    """The type and permissions of what is there, after links are followed; None if nothing is.

    Raises:
        CannotJudgeError: this user may not look, or the disk fails.
    """
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - this is the one place that looks
    except ValueError:  # no file has a zero byte in its name
        return None
    except OSError as error:
        if error.errno in _LEADS_NOWHERE:
            return None
        raise unreadable(path, error) from error


def own_mode(path: str | Path) -> int | None:
    """The same of a link itself.

    Raises:
        CannotJudgeError: as above.
    """
    try:
        return os.lstat(path).st_mode
    except ValueError:
        return None
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise unreadable(path, error) from error


def files_below(folder: Path) -> Iterator[Path]:
    """Every path below the folder that is not a folder, in no order; links are listed and never followed.

    Raises:
        CannotJudgeError: a folder cannot be listed.
    """
    waiting = [folder] if is_folder(folder) else []
    for place in waiting:
        for entry in entries(place):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(place / entry.name)
            else:
                yield place / entry.name


def entries(folder: Path) -> list["os.DirEntry[str]"]:
    """What is in a folder, by name.

    Raises:
        CannotJudgeError: it cannot be listed.
    """
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise unreadable(folder, error) from error


def unreadable(path: str | Path, error: OSError) -> CannotJudgeError:
    """What to raise where looking fails."""
    return CannotJudgeError(f"{path} cannot be read: {error.strerror}; give this user access to it, or remove it")
