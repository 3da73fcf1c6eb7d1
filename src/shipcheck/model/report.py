"""The results of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shipcheck.errors import ExitCode
from shipcheck.model.change import Against, Change, Rule
from shipcheck.model.consent import JudgedConsent
from shipcheck.model.control import JudgedCatalogue
from shipcheck.model.finding import UNCHANGED, Finding
from shipcheck.model.location import TOPS, Location, Texts
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.screen import NO_SCREEN, Screen
from shipcheck.model.softening import Softening
from shipcheck.model.waiver import JudgedWaiver

Verdict = Literal["pass", "fail", "incomplete"]
Result = Literal["pass", "fail", "waived", "not_applicable"]


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """The result of one policy. `subjects` counts what it judged, `failed` those that fail; without subjects it never passes.

    `waived` counts waived findings; a policy with no others is waived, which is not a pass. `unlisted` counts findings beyond
    those listed; none has a higher severity than `highest_severity`. `upstream` are findings about what packs provide that
    nothing live here reaches; they are for the authors of the pack.
    """

    policy: str
    result: Result
    subjects: int
    failed: int
    findings: tuple[Finding, ...]
    unlisted: int = 0
    highest_severity: Severity = Severity.ERROR
    upstream: tuple[Finding, ...] = ()
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many `files`, `components`, `links` and `policies` were judged."""

    files: int = 0
    components: int = 0
    links: int = 0
    policies: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run read.

    `source` is worktree, folder, index or revision, and `revision` the full name of the commit. `texts` holds the content of
    every file read. `packs` has pairs of a name and a version. `against` is the base, if there is one. `declared_absence` is
    the reason of `nothing_to_declare`, if a manifest gives one. `softened` is what packs loosen in other packs, `expired`
    what they no longer may. `unsigned` are committed packs in use without a signature, by name and version. `declared_only`
    are the components whose control or people are in another system, by reference. `not_yet` are built-in policies that are
    newer than the lock file and do not apply. With `settings_invalid` the settings are malformed, not the manifests.
    `settings` are the files of settings in effect, from the top of the repository, none where the built-in ones are.
    `ignored` counts the manifests that `manifests.ignore` leaves out. `warnings` are about the settings, and change no
    verdict.
    """

    source: str
    packs: tuple[tuple[str, str], ...]
    counts: Counts
    texts: Texts
    revision: str = ""
    against: Against | None = None
    declared_absence: str = ""
    softened: tuple[Softening, ...] = ()
    expired: tuple[Softening, ...] = ()
    unsigned: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    declared_only: tuple[str, ...] = ()
    settings_invalid: bool = False
    settings: tuple[str, ...] = ()
    ignored: int = 0
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The results of judging.

    `policies` are those that were judged, `every_policy` is false where the command named some of them. `changes` is what
    differs from the base beyond findings. `waivers` and `consents` are those in use, each with its effect. `controls` is the
    state of each control, None where it was not requested. With `problems` the run judged nothing, or not everything.
    """

    results: tuple[PolicyResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    policies: tuple[Policy | Rule, ...] = ()
    every_policy: bool = True
    changes: tuple[Change, ...] = ()
    waivers: tuple[JudgedWaiver, ...] = ()
    consents: tuple[JudgedConsent, ...] = ()
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
class Narrowed:
    """The part of the root that a run shows and counts; everything is judged.

    `path` is relative to the root. `outside` counts the findings elsewhere that are not waived, by severity. `problems` are in
    files elsewhere that are as the base has them; they do not end the run.
    """

    path: str
    outside: Mapping[Severity, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any output prints: what was read, what came of judging it, and where that is.

    `fail_on` is the minimum severity that fails the check. With `exit_zero` findings do not change the exit code. `whole` is the
    default branch of a run for which the CI server has no base. With `narrowed` the results are those of one part of the root.
    With `full` reports for people leave nothing out. `screen` is what they open with.
    """

    version: str
    as_of: date
    fail_on: Severity
    inputs: Inputs
    judged: Judged
    place: Place
    exit_zero: bool = False
    whole: str = ""
    narrowed: Narrowed | None = None
    full: bool = False
    screen: Screen = NO_SCREEN

    @property
    def verdict(self) -> Verdict:
        """Incomplete with any problem; fail with a finding that is not waived at or above `fail_on`; else pass.

        Findings too many to list count with the highest severity that their policy can give.
        """
        if self.judged.problems:
            return "incomplete"
        fails = any(
            (result.unlisted and result.highest_severity >= self.fail_on)
            or any(finding.severity >= self.fail_on and not finding.is_accepted for finding in result.findings)
            for result in self.judged.results
        )
        return "fail" if fails else "pass"

    def path(self, place: Location) -> str:
        """The path of a place from the top of the repository, as forges and CI servers know it."""
        return place.path if place.origin in TOPS else f"{self.place.prefix}{place.path}"

    def named(self, place: Location) -> str:
        """A place from the top of the repository, with its line."""
        return str(place) if place.origin in TOPS else f"{self.place.prefix}{place}"

    def spot(self, place: Location) -> str:
        """A place from the top of the repository, without its column."""
        return place.spot if place.origin in TOPS else f"{self.place.prefix}{place.spot}"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        if self.verdict == "incomplete":
            return ExitCode.of_problems(settings_invalid=self.inputs.settings_invalid)
        return ExitCode.FAIL if self.verdict == "fail" and not self.exit_zero else ExitCode.PASS

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding in order: highest severity first, then introduced ones, by place, policy, subject and target."""
        ranked = [
            (_rank(finding, number), finding) for number, result in enumerate(self.judged.results) for finding in result.findings
        ]
        ranked.sort(key=lambda item: item[0])
        return tuple(finding for _, finding in ranked)

    @property
    def unlisted(self) -> int:
        """How many findings there are beyond those listed, over all policies."""
        return sum(result.unlisted for result in self.judged.results)

    @property
    def upstream(self) -> tuple[Finding, ...]:
        """The findings about what packs provide that are for the authors of the pack, policy by policy."""
        return tuple(finding for result in self.judged.results for finding in result.upstream)


def _rank(finding: Finding, policy: int) -> tuple[int, bool, Location, int, str, str]:
    return -finding.severity, finding.change == UNCHANGED, finding.location, policy, finding.subject, finding.target or ""
