"""A finding that is excused for a time: by whom, why, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.model.finding import fingerprint_of
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity

WAIVERS = ".shipcheck/waivers.yaml"
# What a waiver comes to in one run: it excuses a finding; it is in the head alone and will once it is merged; its last day is
# past; the finding is graver than it allows, or has members that it does not name; it matches nothing; its policy was not judged,
# or has more findings than are listed.
State = Literal["in_force", "proposed", "ended", "outgrown", "unused", "not_judged"]


@dataclass(frozen=True, slots=True)
class Terms:
    """Who answers for an excuse, who allows it, why, and the last day that it counts, in UTC. Both are references of teams.

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
    """One excused finding, named exactly; of a group, with the members that it had. `up_to` is the gravest that is excused.

    `baseline` says that it stands in the generated list that can only shrink.
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
        """That of the finding."""
        return fingerprint_of(self.policy, self.subject, self.target)

    @property
    def names(self) -> str:
        """The finding, as a person reads it."""
        return f"{self.policy} {self.subject}{f' -> {self.target}' if self.target else ''}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a waiver comes to, and why, as a clause that follows its name."""

    waiver: Waiver
    state: State
    note: str
