"""What one run judged and found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.model.change import Against, Change, Rule
from shipcheck.model.control import JudgedCatalogue
from shipcheck.model.finding import UNCHANGED, Finding
from shipcheck.model.location import Location
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.softening import Softening
from shipcheck.model.waiver import Standing

Verdict = Literal["pass", "fail", "incomplete"]
Result = Literal["pass", "fail", "waived", "not_applicable"]


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """How one policy came out: how many subjects it has and how many of them fail. Without subjects it never passes.

    `waived` counts the findings that waivers excuse; a policy with no others is waived, which is not to pass. `unlisted` counts
    the findings beyond those listed; each is at most as grave as `gravest`. `left_to_packs` counts those about what packs provide
    that are for the makers of these packs.
    """

    policy: str
    result: Result
    subjects: int
    failed: int
    findings: tuple[Finding, ...]
    unlisted: int = 0
    gravest: Severity = Severity.ERROR
    left_to_packs: int = 0
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was judged."""

    files: int = 0
    components: int = 0
    links: int = 0
    policies: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any output prints.

    `source` is worktree, folder, index or revision, and `revision` the full name of the commit.
    `texts` holds the content of every file read, by origin and path; `misused` says that the settings are at fault, not the
    manifests; `judged_all` is false where only some policies were asked for. `policies` are those that were judged. `prefix` is
    the folder judged as a path from the top of its repository: empty, or with a `/` at its end. `changed` holds the paths that
    differ from a base, where there is one to compare with. `softened` is what packs ask less of other packs, `lapsed` what they
    no longer may. `waivers` are those of what is judged, with what each comes to. `repository` is the address of the repository,
    where it is known and was asked for.
    `controls` is how each control stands, None where nobody asked.
    """

    version: str
    verdict: Verdict
    source: str
    root: str
    as_of: date
    fail_on: Severity
    packs: tuple[tuple[str, str], ...]
    counts: Counts
    results: tuple[PolicyResult, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[tuple[str, str], bytes]
    revision: str = ""
    declared_absence: str = ""
    misused: bool = False
    against: Against | None = None
    changes: tuple[Change, ...] = ()
    judged_all: bool = True
    policies: tuple[Policy | Rule, ...] = ()
    prefix: str = ""
    changed: frozenset[str] = frozenset()
    softened: tuple[Softening, ...] = ()
    lapsed: tuple[Softening, ...] = ()
    waivers: tuple[Standing, ...] = ()
    repository: str = ""
    controls: tuple[JudgedCatalogue, ...] | None = None

    def path(self, place: Location) -> str:
        """The path of a place from the top of the repository, as forges and CI servers know it."""
        return f"{self.prefix}{place.path}"

    @property
    def exit_code(self) -> int:
        """The exit code of the verdict: 0 pass, 1 fail, 2 the settings are at fault, 3 not judged."""
        if self.verdict == "incomplete":
            return 2 if self.misused else 3
        return 1 if self.verdict == "fail" else 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: gravest first, then introduced ones, by place, by the order of the policies in their packs, by names."""
        ranked = [(_rank(finding, number), finding) for number, result in enumerate(self.results) for finding in result.findings]
        ranked.sort(key=lambda item: item[0])
        return tuple(finding for _, finding in ranked)

    @property
    def unlisted(self) -> int:
        """Findings beyond those listed, where a policy has more pairs than are worth listing."""
        return sum(result.unlisted for result in self.results)

    @property
    def left_to_packs(self) -> int:
        """Findings about what packs provide, that are for the makers of these packs."""
        return sum(result.left_to_packs for result in self.results)


def _rank(finding: Finding, policy: int) -> tuple[int, bool, Location, int, str, str]:
    return -finding.severity, finding.change == UNCHANGED, finding.location, policy, finding.subject, finding.target or ""
