"""What every source gives: the files of one pack, within limits, and what its address was found to mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.errors import CannotJudgeError

Progress = Callable[[str, int, int], None]
_LONGEST_REASON = 1_000


class Limits(NamedTuple):
    """How many files a pack has at most, how many bytes in all and in one file, and how long getting it may take."""

    files: int
    total: int
    largest: int
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files of a pack by their paths with `/`, and the commit or digest that the address meant; empty where it has none."""

    files: Mapping[str, bytes]
    resolved: str = ""


@dataclass(slots=True)
class Collection:
    """Files as they come in, refused as soon as they are more than a pack may hold."""

    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    _total: int = 0

    def expect(self, path: str, size: int) -> None:
        """Make sure that a file of that size still fits, before it is read.

        Raises:
            CannotJudgeError: it does not fit, or there is a file of that path.
        """
        if path in self.files:
            raise CannotJudgeError(f"{path} is there twice")
        if size > self.limits.largest:
            raise CannotJudgeError(f"{path} has {size:,} bytes, and a file of a pack has at most {self.limits.largest:,}")
        if len(self.files) >= self.limits.files:
            raise CannotJudgeError(f"{path} is one file too many; a pack has at most {self.limits.files:,}")
        if self._total + size > self.limits.total:
            raise CannotJudgeError(f"{path} is too much; all files of a pack have at most {self.limits.total:,} bytes")

    def add(self, path: str, content: bytes) -> None:
        """Keep a file.

        Raises:
            CannotJudgeError: it does not fit, or there is a file of that path.
        """
        self.expect(path, len(content))
        self._total += len(content)
        self.files[path] = content


def harmless(text: str) -> str:
    """A text that others had a hand in, such as a server, without what would move the cursor of a terminal or start a line."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text[:_LONGEST_REASON]
    )


def is_hidden(path: str) -> bool:
    """Whether a file is left out of packs: those of forges, editors and git, whose names begin with a dot."""
    return any(step.startswith(".") and step not in {".", ".."} for step in path.split("/"))
