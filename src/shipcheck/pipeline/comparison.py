"""A base to compare with, and what comes of comparing: values that a check knows whether or not it has a base."""

from dataclasses import dataclass

from shipcheck.graph.graph import Graph
from shipcheck.model.change import Against, Change, Rule
from shipcheck.model.component import Component, Reference
from shipcheck.model.document import File
from shipcheck.model.location import BASE
from shipcheck.model.lock import Lock
from shipcheck.model.policy import Policy
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.packs.assemble import PACK_VERSION
from shipcheck.pipeline.prepare import Prepared
from shipcheck.sources.governance_files import STRAY

Teams = dict[Reference, Component]


@dataclass(frozen=True, slots=True)
class Base:
    """The base, as far as a check needs it.

    `tip` is what the head is to be merged into, `teams` are those that it declares. `graph` is what was declared where the head
    parted from it, and None where that can no longer be made out; `locked` is the lock there. `changes` say what of it cannot be
    compared. `changed` are the paths, from the top of the repository, in which the head differs from there.
    """

    against: Against
    tip: Prepared
    teams: Teams
    graph: Graph | None
    changes: tuple[Change, ...]
    files: tuple[File, ...]
    changed: frozenset[str]
    locked: Lock | None

    @property
    def decides(self) -> bool:
        """Whether the base has authority; where it declares nothing yet, the head has."""
        return self.against.authority == BASE

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the settings and the policies that have authority from being read.

        Built-in packs are those of the tool that runs, whichever version the base asks for.
        """
        found = (*self.tip.misuse, *self.tip.faults) if self.decides else ()
        return tuple(problem for problem in found if problem.code not in {STRAY, PACK_VERSION})


@dataclass(frozen=True, slots=True)
class Compared:
    """How the policies came out that were judged, and all that differs from the base; or the problems in the way."""

    results: tuple[PolicyResult, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    files: tuple[File, ...] = ()
    judged: tuple[Policy | Rule, ...] = ()
