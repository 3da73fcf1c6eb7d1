"""What a check knows whether or not it has a base: the base, the results, and which plans are in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.graph.graph import Graph
from shipcheck.model.change import Against, Change, Rule
from shipcheck.model.component import Component, Reference
from shipcheck.model.consent import JudgedConsent
from shipcheck.model.document import File
from shipcheck.model.edit import Edit
from shipcheck.model.finding import Finding
from shipcheck.model.location import BASE
from shipcheck.model.lock import Lock
from shipcheck.model.policy import Plan, Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.packs.assemble import PACK_VERSION
from shipcheck.pipeline.prepare import Prepared
from shipcheck.sources.governance_files import STRAY
from shipcheck.vocabulary.vocabulary import Vocabulary

NOT_COMPARABLE = "not-comparable"
Teams = dict[Reference, Component]
Edits = Callable[[Finding], tuple[Edit, ...]]


class Seen(NamedTuple):
    """A base by one vocabulary, which has the fields of all packs of head and base: its own where they differ.

    `parted` is what was declared where the head parted from the base, None where that cannot be linked; `tip` what its tip
    declares, where that is another commit.
    """

    vocabulary: Vocabulary
    parted: Graph | None
    tip: Graph | None


@dataclass(frozen=True, slots=True)
class Base:
    """The base, as far as a check needs it.

    `tip` is what the head is to be merged into, `teams` are those that it declares. `parted` is where the head parted from it;
    `locked` is the lock there. `seen` is what was declared there, and in the tip, by the vocabulary of who decides,
    `seen_by_head` by that of the head. `consented` are the edits to which every commit where the head parted from the base has a
    consent. `changes` say what of it cannot be compared. `changed` are the paths, from the top of the repository, in which
    the head differs from there.
    """

    against: Against
    tip: Prepared
    teams: Teams
    seen: "Seen"
    seen_by_head: "Seen"
    changes: tuple[Change, ...]
    files: tuple[File, ...]
    changed: frozenset[str]
    locked: Lock | None
    parted: Prepared
    consented: frozenset[Edit]

    @property
    def graph(self) -> Graph | None:
        """What was declared where the head parted from the base, by the vocabulary of who decides."""
        return self.seen.parted

    @property
    def unreadable(self) -> frozenset[str]:
        """The files whose components cannot be compared."""
        return frozenset(change.subject for change in self.changes if change.kind == NOT_COMPARABLE)

    @property
    def decides(self) -> bool:
        """Whether the base has authority; where it declares nothing yet, the head has."""
        return self.against.authority == BASE

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the settings and the policies that have authority from being read.

        Built-in packs are those of the tool that runs, whichever version the base asks for.
        """
        all_problems = (*self.tip.settings_problems, *self.tip.other_problems) if self.decides else ()
        return tuple(problem for problem in all_problems if problem.code not in {STRAY, PACK_VERSION})


def no_edits(_finding: Finding) -> tuple[Edit, ...]:
    """No edit: there is no base."""
    return ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The results of the policies that were judged, and what differs from the base.

    `files` are manifests that only the base's settings name; `judged` are the policies, and `graphs` what they were judged over:
    the head as each authority sees it. `severities_before` are those of the
    base's findings, by fingerprint; `riskier_components` have other code, more effects or a higher risk than in the base.
    `renamed` gives the names in the head of components that the base calls otherwise. `consents` are those of head and base,
    `covered` what they say of the findings that they cover, by fingerprint. `edits` gives the edits that a finding rests on.
    """

    results: tuple[PolicyResult, ...] = ()
    changes: tuple[Change, ...] = ()
    files: tuple[File, ...] = ()
    judged: tuple[Policy | Rule, ...] = ()
    graphs: tuple[Graph, ...] = ()
    severities_before: Mapping[str, Severity] = field(default_factory=dict)
    riskier_components: frozenset[str] = frozenset()
    renamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consents: tuple[JudgedConsent, ...] = ()
    covered: Mapping[str, str] = field(default_factory=dict)
    edits: Edits = no_edits


class StoppedError(Exception):
    """A run ends at problems; `compared` is what it had judged by then."""

    def __init__(self, problems: tuple[Problem, ...], compared: Compared) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
        self.compared = compared


def plans_in_force(head: Prepared, base: Base | None) -> tuple[Plan, ...]:
    """The plans that judge: that of the base first, where it has authority, then that of the head."""
    return (base.tip.plan, head.plan) if base is not None and base.decides else (head.plan,)


def fail_on(head: Prepared, base: Base | None) -> Severity:
    """The minimum severity that fails: of head and base, the stricter one."""
    own = head.settings.fail_on
    return min(own, base.tip.settings.fail_on) if base is not None and base.decides else own
