"""The one small family of exceptions: the user's command is wrong, or the run cannot judge."""


class ShipcheckError(Exception):
    """Base of everything shipcheck raises on purpose; its text is shown to the user as it is."""


class UsageError(ShipcheckError):
    """The command line or the settings ask for something that does not exist (exit 2)."""


class CannotJudgeError(ShipcheckError):
    """The run cannot reach a verdict, for a reason outside any single manifest (exit 3)."""
