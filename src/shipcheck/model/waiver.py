"""A waiver: which finding is waived, by whom, why, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.model.finding import fingerprint_of
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity

WAIVERS = ".shipcheck/waivers.yaml"
# The state of a waiver in one run: it waives a finding; it is in the head alone, and applies after the merge; it is expired; the
# finding has a higher severity than it allows, or members that it does not name; it matches nothing; its policy was not judged,
# or has more findings than are listed.
State = Literal["in_force", "proposed", "ended", "outgrown", "unused", "not_judged"]


@dataclass(frozen=True, slots=True)
class Terms:
    """The owner and the approver of a waiver, as references of teams, the reason, and the last day it applies (UTC).

    The items of a baseline share one. The places are those of the values.
    """

    reason: str
    owner: str
    approver: str
    until: date
    owner_at: Location
    approver_at: Location
    until_at: Location


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waived finding, named exactly; of a group, with the members that it had. `up_to` is the highest severity waived.

    `baseline` says that it is in the generated list.
    """

    policy: str
    subject: str
    target: str | None
    members: tuple[str, ...]
    up_to: Severity
    terms: Terms
    baseline: bool
    location: Location

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the finding."""
        return fingerprint_of(self.policy, self.subject, self.target)

    @property
    def names(self) -> str:
        """The finding, for display."""
        return f"{self.policy} {self.subject}{f' -> {self.target}' if self.target else ''}"


@dataclass(frozen=True, slots=True)
class JudgedWaiver:
    """The state of a waiver, and why, as a clause that follows its name."""

    waiver: Waiver
    state: State
    note: str
