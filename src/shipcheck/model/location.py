"""A place in a file."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

# The origins of files of the repository: what is judged, from any source; the base; and the common ancestor of the two.
HEAD = "worktree"
BASE = "base"
MERGE_BASE = "merge base"
# The same for the folder at the top of the repository, in a run for a root below it.
TOP = {HEAD: "top folder", BASE: "top folder of the base", MERGE_BASE: "top folder of the merge base"}
TOPS = frozenset(TOP.values())
NOT_HEAD = frozenset({BASE, MERGE_BASE}) | TOPS

Texts: TypeAlias = Mapping[tuple[str, str], bytes]
"""The contents of files by origin and path, for the excerpts that outputs show."""


class Location(NamedTuple):
    """A span in a file. Lines and columns are 1-based; `end_column` is the first column after the span.

    Line 0 means the whole file.
    """

    origin: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place} in the {self.origin}" if self.origin in NOT_HEAD else place

    @property
    def spot(self) -> str:
        """The place without its column."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place} in the {self.origin}" if self.origin in NOT_HEAD else place


def whole_file(origin: str, path: str) -> Location:
    """The place of the file itself, for a file that cannot be read."""
    return Location(origin, path, 0, 0, 0, 0)
