"""The first screen of a report: its causes, the most severe findings, and what to do first."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.model.finding import Change, Finding
from shipcheck.model.location import Location
from shipcheck.model.policy import Concern, Severity


@dataclass(frozen=True, slots=True)
class Block:
    """Findings that are shown together: `head` in full, `others` on a line each, and those that wait for its fields counted.

    `declare` is the advice for a head that itself waits for undeclared fields, empty for any other.
    """

    head: Finding
    others: tuple[Finding, ...] = ()
    waiting: tuple[Finding, ...] = ()
    declare: str = ""

    def __iter__(self) -> Iterator[Finding]:
        """Every finding, the head first."""
        yield self.head
        yield from self.others
        yield from self.waiting


@dataclass(frozen=True, slots=True)
class Cause:
    """What findings have in common: a fact that is not declared, a target without a gate, or the advice of a policy.

    `name` is unique in a report. Severity and change are those of the most severe and of the newest finding. `alike` counts the
    findings that the title is about, `asks` lists the fields that are not declared. Findings that are waived are in causes of
    their own, and none of another cause waits for theirs.
    """

    name: str
    title: str
    concern: Concern
    severity: Severity
    change: Change | None
    waived: bool
    alike: int
    asks: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the cause, block by block."""
        return tuple(finding for block in self.blocks for finding in block)

    @property
    def head(self) -> Finding:
        """The finding that is shown first."""
        return self.blocks[0].head


@dataclass(frozen=True, slots=True)
class Step:
    """What to do first: in words, where, and how many findings it clears or decides."""

    text: str
    location: Location | None
    findings: int


@dataclass(frozen=True, slots=True)
class Screen:
    """What every report for people opens with; it is made once for all of them.

    `causes` are in the order in which they are printed: introduced ones first, safety before process, and notes last. `waived`
    are the causes of waived findings. `most_severe` are at most three findings, of different causes where there are as many.
    `first` is what to do first, and `to_pass` what the check fails for first, where that is something else.
    """

    causes: tuple[Cause, ...] = ()
    waived: tuple[Cause, ...] = ()
    most_severe: tuple[Finding, ...] = ()
    first: Step | None = None
    to_pass: Step | None = None


NO_SCREEN = Screen()
