"""What `shipcheck waive` and `shipcheck baseline create` print."""

from dataclasses import dataclass
from datetime import date

from shipcheck.model.edit import Edit
from shipcheck.model.finding import Finding


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that was waived, and the last day on which the waiver applies; with `edits`, these were consented to instead."""

    finding: Finding
    until: date
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """A new or extended baseline: `count` more findings are waived until the last day `until`.

    `listed` is false where they are waivers of their own, because the baseline has other terms.
    """

    count: int
    until: date
    listed: bool = True
