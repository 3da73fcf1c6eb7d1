"""A limit of work that a repository exceeds."""

from shipcheck.errors import CannotJudgeError
from shipcheck.model.location import Location

WORK_LIMIT = "work-limit"


class WorkLimitError(CannotJudgeError):
    """Manifests ask for more work than a run may do; the text names what for, and what to do.

    `place` is the component at which the limit was reached. In a check it becomes a problem with the code `WORK_LIMIT`.
    """

    def __init__(self, message: str, place: Location) -> None:
        super().__init__(message)
        self.place = place
