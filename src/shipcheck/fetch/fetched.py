"""What every source returns: the files of one pack, within limits, and the commit or digest that its address resolved to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.errors import CannotJudgeError

Progress = Callable[[str, int, int], None]
_LONGEST_REASON = 1_000


class Limits(NamedTuple):
    """The maximum number of files, of bytes in all and in one file, and of seconds that fetching may take."""

    files: int
    total: int
    largest: int
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files of a pack by their paths with `/`, and the commit or digest that the address resolved to, if any."""

    files: Mapping[str, bytes]
    resolved: str = ""


@dataclass(slots=True)
class Collection:
    """Files as they are read, refused as soon as they exceed the limits of a pack."""

    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    _total: int = 0

    def expect(self, path: str, size: int) -> None:
        """Verify that a file of `size` bytes is within the limits, before it is read.

        Raises:
            CannotJudgeError: it is not, or there is already a file of that path.
        """
        if path in self.files:
            raise CannotJudgeError(f"{path} occurs twice")
        if size > self.limits.largest:
            raise CannotJudgeError(f"{path} has {size:,} bytes, but a file of a pack can have at most {self.limits.largest:,}")
        if len(self.files) >= self.limits.files:
            raise CannotJudgeError(f"{path} exceeds the limit of {self.limits.files:,} files in a pack")
        if self._total + size > self.limits.total:
            raise CannotJudgeError(f"{path} exceeds the limit of {self.limits.total:,} bytes in a pack")

    def add(self, path: str, content: bytes) -> None:
        """Keep a file.

        Raises:
            CannotJudgeError: it exceeds the limits, or there is already a file of that path.
        """
        self.expect(path, len(content))
        self._total += len(content)
        self.files[path] = content


def harmless(text: str) -> str:
    """A text from outside, such as from a server, without characters that move the cursor of a terminal or start a line."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text[:_LONGEST_REASON]
    )


def is_hidden(path: str) -> bool:
    """Whether a file is excluded from packs: those of forges, editors and git, whose names begin with a dot."""
    return any(step.startswith(".") and step not in {".", ".."} for step in path.split("/"))
