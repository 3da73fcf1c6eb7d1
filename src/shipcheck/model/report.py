"""What one run judged and found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.errors import ExitCode
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
class Inputs:
    """What a run read.

    `source` is worktree, folder, index or revision, and `revision` the full name of the commit. `texts` holds the content of
    every file read, by origin and path. `against` is the base, where there is one. `declared_absence` is the reason why there is
    nothing to declare, where a manifest gives one. `softened` is what packs loosen in other packs, `lapsed` what they no longer
    may. With `misused` the settings are malformed, not the manifests.
    """

    source: str
    packs: tuple[tuple[str, str], ...]
    counts: Counts
    texts: Mapping[tuple[str, str], bytes]
    revision: str = ""
    against: Against | None = None
    declared_absence: str = ""
    softened: tuple[Softening, ...] = ()
    lapsed: tuple[Softening, ...] = ()
    misused: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of judging.

    `policies` are those that were judged, `every_policy` is false where the command named some of them. `changes` is what
    differs from the base beyond findings. `waivers` are those in use, each with its effect. `controls` is the state of each
    control, None where it was not requested. With `problems` the run judged nothing, or not everything.
    """

    results: tuple[PolicyResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    policies: tuple[Policy | Rule, ...] = ()
    every_policy: bool = True
    changes: tuple[Change, ...] = ()
    waivers: tuple[Standing, ...] = ()
    controls: tuple[JudgedCatalogue, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the judged folder is.

    `root` is its name, `prefix` its path from the top of the git repository: empty, or with a `/` at its end. `repository` is the
    address of the repository, where it is known and was requested. `changed` holds the paths that differ from the base.
    """

    root: str
    prefix: str = ""
    repository: str = ""
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any output prints: what was read, what came of judging it, and where that is.

    `fail_on` is the minimum severity that fails the check. With `exit_zero` findings do not change the exit code.
    """

    version: str
    as_of: date
    fail_on: Severity
    inputs: Inputs
    judged: Judged
    place: Place
    exit_zero: bool = False

    @property
    def verdict(self) -> Verdict:
        """Incomplete with any problem; fail with a finding that is not waived at or above `fail_on`; else pass.

        Findings too many to list count with the highest severity that their policy can give.
        """
        if self.judged.problems:
            return "incomplete"
        fails = any(
            (result.unlisted and result.gravest >= self.fail_on)
            or any(finding.severity >= self.fail_on and finding.status != "waived" for finding in result.findings)
            for result in self.judged.results
        )
        return "fail" if fails else "pass"

    def path(self, place: Location) -> str:
        """The path of a place from the top of the repository, as forges and CI servers know it."""
        return f"{self.place.prefix}{place.path}"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        if self.verdict == "incomplete":
            return ExitCode.of_problems(misused=self.inputs.misused)
        return ExitCode.FAIL if self.verdict == "fail" and not self.exit_zero else ExitCode.PASS

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: gravest first, then introduced ones, by place, by the order of the policies in their packs, by names."""
        ranked = [
            (_rank(finding, number), finding) for number, result in enumerate(self.judged.results) for finding in result.findings
        ]
        ranked.sort(key=lambda item: item[0])
        return tuple(finding for _, finding in ranked)

    @property
    def unlisted(self) -> int:
        """Findings beyond those listed, where a policy has more pairs than are worth listing."""
        return sum(result.unlisted for result in self.judged.results)

    @property
    def left_to_packs(self) -> int:
        """Findings about what packs provide, that are for the makers of these packs."""
        return sum(result.left_to_packs for result in self.judged.results)


def _rank(finding: Finding, policy: int) -> tuple[int, bool, Location, int, str, str]:
    return -finding.severity, finding.change == UNCHANGED, finding.location, policy, finding.subject, finding.target or ""
