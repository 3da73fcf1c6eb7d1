"""A finding: a subject that fails a policy, with a place and a witness."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from shipcheck.model.edit import Edit
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity

Status = Literal["live", "waived", "consented", "expired"]
ACCEPTED: tuple[Status, ...] = ("waived", "consented")
Change = Literal["introduced", "announced", "unchanged"]
INTRODUCED: Change = "introduced"
ANNOUNCED: Change = "announced"
UNCHANGED: Change = "unchanged"


def fingerprint_of(policy: str, subject: str, target: str | None) -> str:
    """The identity of a finding: 32 hexadecimal digits of a hash of `policy`, `subject` and `target`, None without one.

    Lines and the path are left out, so that a finding keeps its fingerprint when code moves.
    """
    return sha256("\0".join((policy, subject, target or "")).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Reason:
    """The smallest part that is not as the policy expects: what is there, and what was expected.

    `field` is the component's field as `reference.field`; `missing` says that nothing declares it. `location` is where to look;
    `anchor` is the field of the subject that leads there, where the subject writes one.
    """

    text: str
    expected: str
    field: str
    missing: bool
    location: Location | None
    anchor: Location | None = None


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """Whether one gate on the path qualifies, and if not, why. `location` is where the hop names it."""

    gate: str
    qualifies: bool
    location: Location
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of a witness, with a sentence that describes it; `more_gates` counts the gates beyond those listed."""

    source: str
    link: str
    target: str
    says: str
    location: Location
    gates: tuple[GateVerdict, ...]
    more_gates: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """What clears the finding: a sentence, where, and what to write; `clears` counts the findings of the policy it clears.

    `declare` is a whole component that the snippet names and that does not exist yet, and `beyond` what it has to meet that its
    text does not show. What a person has to decide is marked in both. `otherwise` says what else would clear it, if anything.
    """

    text: str
    location: Location | None = None
    snippet: str = ""
    note: str = ""
    clears: int = 1
    declare: str = ""
    beyond: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a derived value is what it is: a sentence, and the hops along which the value came."""

    text: str
    chain: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One subject, or subject and target, that fails a policy.

    `cause` names what it shares with other findings: a missing field, a gate that does not qualify, an open hop.
    `doubt` begins the message if an undeclared value counts towards the finding. `assumed` lists those fields and the ones that
    only the severity depends on, `waits_for` those that decide whether there is a finding.
    `grounds` say why the severity is what it is, and why the subject is one. `members` are those of a group.
    `status` says whether the finding is waived or consented to, and `waiver` the state of the waiver or consent that it is about,
    empty if none is. `change` says whether the base has it too, or would have it by the rules of the head alone (announced); None
    without a base, and if that is unknown. `edits` are those of the head that it rests on, where these are known.
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
    waits_for: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether it is waived or consented to, and fails nothing."""
        return self.status in ACCEPTED

    @property
    def headline(self) -> str:
        """The message, after the undeclared values that count towards the finding."""
        return f"{self.doubt}{self.message}"

    @property
    def fingerprint(self) -> str:
        """The identity of the finding; it does not depend on lines."""
        return fingerprint_of(self.policy, self.subject, self.target)
