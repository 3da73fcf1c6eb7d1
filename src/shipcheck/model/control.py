"""Controls: what a law, a standard or a list of risks requires, and the results of the policies that map to it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ControlState = Literal["satisfied", "declared", "partly_judged", "violated", "not_judged"]
Outcome = Literal["pass", "fail", "waived", "not_applicable", "not_run"]
Basis = Literal["observed", "declared"]
"""What a policy that passed rests on: what was found in the repository, or what manifests say."""


@dataclass(frozen=True, slots=True)
class Control:
    """One requirement. `name` is `catalogue/number`, `cites` where the source says it.

    `shows` is the part that a manifest can show, empty if none; `hides` is the part that it cannot.
    """

    name: str
    title: str
    cites: str
    shows: str
    hides: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Controls of one source. `dated` is the date of the source, `checked` the date on which the controls were compared with it.

    `scope` says which controls of the source are listed, and which are not.
    """

    name: str
    title: str
    source: str
    dated: date
    checked: date
    scope: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class MappedPolicy:
    """The outcome of a policy that maps to a control; `findings` counts its findings, `basis` is None unless it passes."""

    policy: str
    outcome: Outcome
    findings: int
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class JudgedControl:
    """One control and its result.

    It is satisfied where every policy that maps to it has judged something and passes on what was found, and declared where each
    passes, but some on what manifests say. It is partly judged where none fails and some had nothing to judge. It is violated as
    soon as one fails; `waived` says that each finding is waived. It is not judged where no policy maps to it, none had anything
    to judge, or none failed and one did not run.
    """

    control: Control
    state: ControlState
    policies: tuple[MappedPolicy, ...]
    waived: bool = False

    def resting_on(self, basis: Basis) -> int:
        """How many of its policies pass on that basis."""
        return sum(policy.basis == basis for policy in self.policies)


@dataclass(frozen=True, slots=True)
class JudgedCatalogue:
    """A catalogue with every one of its controls judged, in its own order."""

    catalogue: Catalogue
    controls: tuple[JudgedControl, ...]
