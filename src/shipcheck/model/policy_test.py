"""Policy tests, and the results of a pack."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.english import counted
from shipcheck.model.document import Document, File
from shipcheck.model.location import Location, Texts
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem

State = Literal["true", "false", "unknown"]
STATES: tuple[State, ...] = ("true", "false", "unknown")


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected finding; what is None may be anything.

    `hops` is the length of its path, `path` the components on it; `line` is the file and line at which an annotated fixture
    expects it.
    """

    policy: str
    location: Location
    on: str | None = None
    to: str | None = None
    severity: Severity | None = None
    hops: int | None = None
    path: tuple[str, ...] | None = None
    assumed: tuple[str, ...] | None = None
    line: tuple[str, int] | None = None

    def __str__(self) -> str:
        parts = [self.on or "", f"to {self.to}" if self.to else "", str(self.severity) if self.severity else ""]
        parts.append(counted(self.hops, "hop") if self.hops is not None else "")
        parts.append(f"by {' > '.join(self.path)}" if self.path else "")
        parts.append(f"assumed {', '.join(self.assumed) or 'nothing'}" if self.assumed is not None else "")
        parts.append(f"at {self.line[0]}:{self.line[1]}" if self.line else "")
        return " ".join([self.policy, ", ".join(part for part in parts if part)])


@dataclass(frozen=True, slots=True)
class Case:
    """One fixture and everything that the policies under test find in it; other findings fail the case.

    `files` are its manifests, `base` those of the revision that it is compared with, and `tree` all files of its folder by
    their paths in it. `gaps` are findings that should be there one day; `edits` counts the single edits between this fixture and
    the one called `origin`; with `applies` false the policies have nothing to judge.
    """

    name: str
    policies: tuple[str, ...]
    as_of: date
    files: tuple[File, ...]
    expected: tuple[Expected, ...]
    gaps: tuple[Expected, ...]
    applies: bool
    edits: int
    origin: str
    location: Location
    base: tuple[File, ...] = ()
    tree: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class TestFile:
    """One file of a pack's tests, parsed."""

    __test__ = False

    file: File
    document: Document


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that no test can distinguish from its policy, with the reason."""

    policy: str
    mutant: str
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Tests:
    """All tests of one pack."""

    cases: tuple[Case, ...]
    equivalents: tuple[Equivalent, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One clause of a policy or of a named selector, and which of its possible values the tests have produced."""

    unit: str
    role: str
    text: str
    location: Location
    possible: frozenset[State]
    seen: frozenset[State]

    @property
    def lacking(self) -> tuple[State, ...]:
        """The values that it can have and that no test produces."""
        return tuple(state for state in STATES if state in self.possible - self.seen)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A pack's policies with one small change; `unit` is the policy or the named selector that is changed."""

    unit: str
    name: str
    policies: tuple[Policy, ...]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed test or unmet requirement of the tests, with what was expected and what was found."""

    kind: Literal["case", "missing", "clause", "mutant", "equivalent"]
    policy: str
    case: str
    message: str
    location: Location
    expected: tuple[str, ...] = ()
    actual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses, mutants or cases there are in `total`, and how many of them are as they should be."""

    total: int = 0
    good: int = 0


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The results of one policy or named selector: cases, clauses and mutants; `equivalents` counts those listed as such."""

    name: str
    cases: tuple[str, ...]
    clauses: Tally
    mutants: Tally
    equivalents: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class PackResult:
    """The results of one pack; with problems nothing was run. `cases` counts those that ran."""

    pack: str
    version: str
    units: tuple[UnitResult, ...]
    cases: int
    covered: bool
    mutated: bool
    problems: tuple[Problem, ...]
    texts: Texts

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every failure, in the order of the policies."""
        return tuple(failure for unit in self.units for failure in unit.failures)
