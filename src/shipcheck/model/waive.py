"""What `shipcheck waive` and `shipcheck baseline create` print."""

from dataclasses import dataclass
from datetime import date

from shipcheck.model.finding import Finding


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that was waived, and the last day on which the waiver applies."""

    finding: Finding
    until: date


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """A new baseline: `count` findings are waived until the last day `until`."""

    count: int
    until: date
