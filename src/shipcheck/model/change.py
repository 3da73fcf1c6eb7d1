"""What differs between the base and what is judged, beyond findings."""

from dataclasses import dataclass

from shipcheck.model.location import Location
from shipcheck.model.policy import Rung, Severity


@dataclass(frozen=True, slots=True)
class Against:
    """What the head is compared with.

    `name` is what the user calls the base, `revision` its commit, `merge_base` the commit where the head parted from it.
    `authority` says whose settings, policies, code owners and teams decide: those of the base, or of the head where the base
    declares nothing yet.
    """

    name: str
    revision: str
    merge_base: str
    authority: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind` is stable and kebab-case; of a finding that is fixed, policy, severity and fingerprint are given."""

    kind: str
    subject: str
    message: str
    location: Location | None = None
    policy: str = ""
    severity: Severity | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A policy on changes that the tool brings with it, because the policy language cannot name what it compares."""

    id: str
    title: str
    why: str
    fix: str
    pack: str = "core"
    controls: tuple[str, ...] = ("nist-ai-rmf/govern-1.4",)
    severity: tuple[Rung, ...] = (Rung(Severity.WARNING, None),)
    at_least: Severity = Severity.WARNING

    def weighed(self, severity: Severity) -> Severity:
        """A severity of the rule's own ladder, as others have raised it."""
        return max(severity, self.at_least)

    @property
    def name(self) -> str:
        """The full name, `pack/id`."""
        return f"{self.pack}/{self.id}"
