"""Which subjects of a policy fail, and by which path or cycle; why they do is explained only for findings that are listed."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from shipcheck.evaluate.compiled_conditions import NodeGroup
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Prohibition
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch
from shipcheck.evaluate.must_reach import ReachSearch
from shipcheck.evaluate.subjects import GroupMembers, Subject, Subjects, first_member
from shipcheck.graph.cycles import Cycle, find_cycles
from shipcheck.graph.escapes import Escape
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.model.expression import Expression
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotCycle,
    MustReach,
)

# Beyond these, findings of one policy are counted and no longer listed.
MOST_FINDINGS = 20_000
# Beyond these, they are listed without what explains them.
MOST_EXPLAINED = 500
_AT_ONCE = 64
Trace: TypeAlias = OpenPath | Escape | Cycle | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A subject that fails, with the path or cycle by which it does; with `is_cut` there is one that is not here."""

    subject: Subject
    trace: Trace = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one policy comes out, before anything is explained.

    `nodes` are the subjects that are components, in order, and `failing` those of them that fail. `failures` are those to be
    listed, and `unlisted` counts the rest.
    """

    subjects: int
    failed: int
    failures: tuple[Failure, ...]
    unlisted: int = 0
    nodes: tuple[Node, ...] = ()
    failing: frozenset[Node] = frozenset()


class Judge:
    """Judges policies over one graph; `open_paths` is the search that they share."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self.subjects = Subjects(view)
        self.open_paths = OpenPathSearch(view)
        self._reach = ReachSearch(view)

    def judge(self, compiled: CompiledPolicy) -> Judgement:
        """Which subjects fail a policy.

        Raises:
            SpentError: the policy has no work left.
        """
        match compiled.policy.subject, compiled.verb:
            case EachComponent() as subject, (Must() | MustReach() | Prohibition()) as verb:
                return self._components(self._view.conditions.candidates(subject.selector), verb)
            case EachRemoved() as subject, (Must() | MustReach() | Prohibition()) as verb:
                return self._components(NodeGroup(self._view.removed_candidates(subject.selector)), verb)
            case EachLink() as subject, Must() as verb:
                return self._links(subject, verb.condition)
            case Group() as subject, Must() as verb:
                return self._groups(subject, verb.condition)
            case Group() as subject, MustNotCycle() as verb:
                return self._cycles(subject, verb)
            case _:  # pragma: no cover - compiling ensures it
                raise TypeError(f"{compiled.policy.name} pairs a subject and a verb that do not go together")

    def _components(self, subjects: NodeGroup, verb: Must | MustReach | Prohibition) -> Judgement:
        nodes = subjects.nodes
        if not nodes:
            return Judgement(0, 0, ())
        match verb:
            case Prohibition():
                pairs = self.open_paths.failing_pairs(subjects, verb)
                failures = tuple(Failure(self.subjects.component(path.subject), path, path.is_cut) for path in pairs.paths)
                return Judgement(len(nodes), len(pairs.failing), failures, pairs.unlisted, nodes, pairs.failing)
            case MustReach():
                failing, missed = self._reach.failing(nodes, verb, MOST_EXPLAINED)
                failures = tuple(
                    Failure(self.subjects.component(item.subject), item.escape, item.is_cut) for item in missed[:MOST_FINDINGS]
                )
            case Must():
                failed = self._unmet(verb.condition, nodes)
                failing = frozenset(failed)
                failures = tuple(Failure(self.subjects.component(node)) for node in failed[:MOST_FINDINGS])
            case _:
                assert_never(verb)
        return Judgement(len(nodes), len(failing), failures, len(failing) - len(failures), nodes, failing)

    def _unmet(self, condition: Expression, nodes: tuple[Node, ...]) -> list[Node]:
        """The nodes for which a condition is not true, some at a time so that the meter knows where it is."""
        failed: list[Node] = []
        for first in range(0, len(nodes), _AT_ONCE):
            some = nodes[first : first + _AT_ONCE]
            self._view.meter.at = some[0]
            failed += self._view.conditions.select(condition, ("it", "subject", "from"), some, False, None)  # noqa: FBT003
        return failed

    def _links(self, subject: EachLink, condition: Expression) -> Judgement:
        links = self.subjects.links(subject)
        test = self.subjects.test_of_links(condition)
        failed: list[EdgeNumber] = []
        for first in range(0, len(links), _AT_ONCE):
            self._view.meter.at = self._view.graph.edges[links[first]].source
            failed += [number for number in links[first : first + _AT_ONCE] if test(number) is not True]
        failures = tuple(Failure(self.subjects.link(number)) for number in failed[:MOST_FINDINGS])
        return Judgement(len(links), len(failed), failures, len(failed) - len(failures))

    def _groups(self, subject: Group, condition: Expression) -> Judgement:
        groups = list(self.subjects.groups(subject))
        if not groups:
            return Judgement(0, 0, ())
        test = self._view.conditions.function(condition, tuple(groups[0][0]))
        failed: list[GroupMembers] = []
        for group in groups:
            self._view.meter.at = first_member(group[0])
            if test(*group[0].values()) is not True:
                failed.append(group)
        failures = tuple(Failure(self.subjects.group(subject, *group)) for group in failed[:MOST_FINDINGS])
        return Judgement(len(groups), len(failed), failures, len(failed) - len(failures))

    def _cycles(self, subject: Group, verb: MustNotCycle) -> Judgement:
        """All members are subjects, as they pass together; each strongly connected set of them is a failure."""
        nodes = self._view.conditions.candidates(subject.selector).nodes
        cycles = find_cycles(nodes, self._view.adjacency(verb.along))
        failing = frozenset(node for cycle in cycles for node in cycle.members)
        failures = tuple(Failure(self.subjects.component(cycle.members[0]), cycle) for cycle in cycles[:MOST_FINDINGS])
        return Judgement(len(nodes), len(failing), failures, len(cycles) - len(failures), nodes, failing)
