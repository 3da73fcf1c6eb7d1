"""The differences between the base and what is judged, other than findings."""

from dataclasses import dataclass
from typing import Literal

from shipcheck.model.location import Location
from shipcheck.model.policy import Concern, Rung, Severity

Direction = Literal["weaker", "stricter", ""]


@dataclass(frozen=True, slots=True)
class Against:
    """The base that the head is compared with.

    `name` is what the user calls the base, `revision` its commit, `merge_base` the common ancestor of head and base. `authority`
    says whose settings, policies, code owners and teams apply: those of the base, or of the head if the base declares nothing
    yet.
    """

    name: str
    revision: str
    merge_base: str
    authority: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind` is stable and kebab-case; for a fixed finding, policy, severity and fingerprint are given.

    For a changed field, `field` is its path, and `before` and `after` are its values as reports print them. `direction` says
    whether the change weakens what is governed or makes it stricter; it is empty where it does neither, or that is unknown.
    """

    kind: str
    subject: str
    message: str
    location: Location | None = None
    policy: str = ""
    severity: Severity | None = None
    fingerprint: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule about changes, because the policy language cannot express what it compares."""

    id: str
    title: str
    why: str
    fix: str
    pack: str = "core"
    controls: tuple[str, ...] = ("nist-ai-rmf/govern-1.4",)
    severity: tuple[Rung, ...] = (Rung(Severity.WARNING, None),)
    at_least: Severity = Severity.WARNING
    concern: Concern = "change"

    def weighed(self, severity: Severity) -> Severity:
        """A severity of the rule's own ladder, as others have raised it."""
        return max(severity, self.at_least)

    @property
    def name(self) -> str:
        """The full name, `pack/id`."""
        return f"{self.pack}/{self.id}"
