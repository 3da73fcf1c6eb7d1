"""The exit codes of the program, and the one small family of exceptions: the user's command is wrong, or the run cannot judge."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit code of a run, which hooks and CI jobs act on."""

    PASS = 0
    FAIL = 1
    USAGE = 2
    NOT_JUDGED = 3
    INTERNAL = 4
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """What it says about `shipcheck check`; the help of every other command says what it means there."""
        return _MEANINGS[self]

    @classmethod
    def of_problems(cls, *, misused: bool) -> "ExitCode":
        """The exit code of a run that ended at problems; `misused` says that the settings are wrong, not what they apply to."""
        return cls.USAGE if misused else cls.NOT_JUDGED


_MEANINGS = {
    ExitCode.PASS: "no finding at or above `--fail-on`, and the check is complete: every manifest read, every policy evaluated",
    ExitCode.FAIL: "findings at or above `--fail-on`",
    ExitCode.USAGE: "usage or settings error",
    ExitCode.NOT_JUDGED: "not judged: a manifest or policy is malformed or unreadable, or nothing is declared",
    ExitCode.INTERNAL: "internal error in shipcheck",
    ExitCode.INTERRUPTED: "interrupted",
}


class ShipcheckError(Exception):
    """Base of everything shipcheck raises on purpose; its text is shown to the user as it is."""


class UsageError(ShipcheckError):
    """The command line or the settings ask for something that does not exist (exit 2)."""


class CannotJudgeError(ShipcheckError):
    """The run cannot reach a verdict, for a reason outside any single manifest (exit 3)."""
