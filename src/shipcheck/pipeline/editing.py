"""One edit of a repository at a time: a command that writes its files locks it from reading to writing, and another one waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shipcheck.files import exclusive
from shipcheck.pipeline.prepare import root_of
from shipcheck.sources.git import repository_top


@contextmanager
def editing(root: Path | None) -> Iterator[None]:
    """Lock the repository of `root` while its files are read, changed and written.

    Raises:
        UsageError: the root is not a folder.
        CannotJudgeError: it cannot be locked.
    """
    folder = root_of(root)
    with exclusive(repository_top(folder) or folder):
        yield
