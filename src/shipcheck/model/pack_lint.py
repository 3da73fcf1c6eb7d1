"""What prevents a pack from being released."""

from dataclasses import dataclass

from shipcheck.errors import ExitCode
from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem


@dataclass(frozen=True, slots=True)
class PackLint:
    """A pack as its authors check it: `problems` prevent reading it, `errors` prevent releasing it.

    `previous` is the version that it was compared with, if any.
    """

    label: str
    previous: str
    problems: tuple[Problem, ...]
    errors: tuple[Problem, ...]
    texts: Texts

    @property
    def exit_code(self) -> ExitCode:
        """Whether the pack can be released, cannot yet, or cannot be read."""
        if self.problems:
            return ExitCode.NOT_JUDGED
        return ExitCode.FAIL if self.errors else ExitCode.PASS
