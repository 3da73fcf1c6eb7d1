"""A policy does not hold: a value, with a place and a witness."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from shipcheck.model.location import Location
from shipcheck.model.policy import Severity

Status = Literal["live", "waived", "expired"]
Change = Literal["introduced", "unchanged"]
INTRODUCED: Change = "introduced"
UNCHANGED: Change = "unchanged"


def fingerprint_of(policy: str, subject: str, target: str | None) -> str:
    """Policy, subject and target, hashed: never lines, never the walk."""
    return sha256("\0".join((policy, subject, target or "")).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Reason:
    """The smallest part that is not as the policy asks: what stands there, and what is asked for.

    `field` is the component's field as `reference.field`; `missing` says that nothing declares it. `location` is where to look;
    `anchor` is the field of the subject that leads there, where the subject writes one.
    """

    text: str
    asked: str
    field: str
    missing: bool
    location: Location | None
    anchor: Location | None = None


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """Whether one gate on the way counts, and if not, why not. `location` is where the hop names it."""

    gate: str
    fits: bool
    location: Location
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of a witness, with the sentence that reads it aloud; `more_gates` counts those beyond the gates listed."""

    source: str
    link: str
    target: str
    says: str
    location: Location
    gates: tuple[GateVerdict, ...]
    more_gates: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """What clears the finding: a sentence, where, what to write there, and how many findings of the policy it clears."""

    text: str
    location: Location | None = None
    snippet: str = ""
    note: str = ""
    clears: int = 1


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something derived is what it is: a sentence, and the chain that brought the value."""

    text: str
    chain: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One subject, or subject and target, for which a policy does not hold.

    `cause` names what it shares with other findings: a missing field, a gate that does not fit, an open hop.
    `doubt` leads the message where something that is not declared was read towards the finding, and `assumed` lists those fields.
    `grounds` say why the severity is what it is, and what made the subject one. `members` are those of a group.
    `status` says whether a waiver excuses the finding, and `waiver` what becomes of the one that names it, empty where none does.
    `change` says whether the base has it too; None without a base, and where that cannot be told.
    """

    policy: str
    subject: str
    target: str | None
    severity: Severity
    doubt: str
    message: str
    location: Location
    witness: tuple[Hop, ...]
    reasons: tuple[Reason, ...]
    assumed: tuple[str, ...]
    cause: str
    fix: Fix
    owner: str | None
    owner_of: str
    grounds: tuple[Ground, ...]
    members: tuple[str, ...]
    status: Status = "live"
    change: Change | None = None
    waiver: str = ""

    @property
    def headline(self) -> str:
        """The message, led by what is not declared and was read towards it."""
        return f"{self.doubt}{self.message}"

    @property
    def fingerprint(self) -> str:
        """Policy, subject and target, hashed: never lines, never the walk."""
        return fingerprint_of(self.policy, self.subject, self.target)
