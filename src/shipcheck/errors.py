"""Exit codes, and the exceptions that end a run."""

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """The exit code of a run, which hooks and CI jobs act on."""

    PASS = 0
    FAIL = 1
    USAGE = 2
    NOT_JUDGED = 3
    INTERNAL = 4
    INTERRUPTED = 130

    @classmethod
    def of_problems(cls, *, settings_invalid: bool) -> "ExitCode":
        """The exit code of a run that ended at problems; `settings_invalid` says that the settings are wrong."""
        return cls.USAGE if settings_invalid else cls.NOT_JUDGED


class ShipcheckError(Exception):
    """Base of all deliberate errors; the text is shown to the user as it is."""


class UsageError(ShipcheckError):
    """The command line or the settings refer to something that does not exist (exit code 2)."""


class OverwritingError(UsageError):
    """The command would write `output`, a file that it reads (exit code 2)."""

    def __init__(self, output: Path, message: str) -> None:
        super().__init__(message)
        self.output = output


class CannotJudgeError(ShipcheckError):
    """The run cannot reach a verdict, for a reason outside any single manifest (exit code 3)."""
