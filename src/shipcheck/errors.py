"""The exceptions that end a run: a wrong command, or a run that cannot judge."""


class ShipcheckError(Exception):
    """Base of all deliberate errors; the text is shown to the user as it is."""


class UsageError(ShipcheckError):
    """The command line or the settings refer to something that does not exist (exit code 2)."""


class CannotJudgeError(ShipcheckError):
    """The run cannot reach a verdict, for a reason outside any single manifest (exit code 3)."""
