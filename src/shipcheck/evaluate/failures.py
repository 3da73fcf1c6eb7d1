"""Which subjects of a policy fail, and by which walk or circle; why they do is explained elsewhere, where it is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from shipcheck.evaluate.must_not_reach import OpenWalk, PathSearch
from shipcheck.evaluate.must_reach import ReachSearch
from shipcheck.evaluate.subjects import Subject, Subjects
from shipcheck.evaluate.world import World
from shipcheck.graph.cycles import Cycle, find_cycles
from shipcheck.graph.escapes import Escape
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotCycle,
    MustNotReach,
    MustReach,
    Policy,
)

# Beyond these, findings of one policy are counted and no longer listed.
MOST_FINDINGS = 2000
Trace = OpenWalk | Escape | Cycle | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A subject that fails, with the walk or circle by which it does."""

    subject: Subject
    trace: Trace = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one policy comes out, before anything is explained.

    `nodes` are the subjects that are components, in order, and `failing` those of them that fail. `failures` are those to be
    listed, and `unlisted` counts the rest, at least.
    """

    subjects: int
    failed: int
    failures: tuple[Failure, ...]
    unlisted: int = 0
    nodes: tuple[int, ...] = ()
    failing: frozenset[int] = frozenset()


class Judge:
    """Judges policies over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.subjects = Subjects(world)
        self.paths = PathSearch(world)
        self._reach = ReachSearch(world)

    def judge(self, policy: Policy) -> Judgement:
        """Who fails one policy.

        Raises:
            CannotJudgeError: the graph asks for more work than the limits allow.
        """
        subject, verb = policy.subject, policy.verb
        if isinstance(subject, EachComponent):
            return self._components(policy, self._world.candidates(subject.selector))
        if isinstance(subject, EachRemoved):
            return self._components(policy, self._world.removed(subject.selector))
        if isinstance(verb, MustNotCycle):
            return self._circles(subject, verb)
        if not isinstance(verb, Must):  # pragma: no cover - compiling ensures it
            raise TypeError(f"{policy.name} pairs a subject and a verb that do not go together")
        return self._links(subject, verb) if isinstance(subject, EachLink) else self._groups(subject, verb)

    def _components(self, policy: Policy, nodes: tuple[int, ...]) -> Judgement:
        verb = policy.verb
        if not nodes:
            return Judgement(0, 0, ())
        if isinstance(verb, MustNotReach):
            reached = self.paths.must_not_reach(nodes, verb)
            walks = tuple(Failure(self.subjects.component(walk.subject), walk) for walk in reached.walks)
            return Judgement(len(nodes), len(reached.failing), walks, reached.unlisted, nodes, reached.failing)
        if isinstance(verb, MustReach):
            failing, missed = self._reach.must_reach(nodes, verb, MOST_FINDINGS)
            failures = tuple(Failure(self.subjects.component(item.subject), item.lost) for item in missed)
            return Judgement(len(nodes), len(failing), failures, len(failing) - len(failures), nodes, failing)
        if not isinstance(verb, Must):  # pragma: no cover - compiling ensures it
            raise TypeError(f"{policy.name} pairs a subject and a verb that do not go together")
        failed = self._world.chosen(verb.condition, ("it", "subject", "from"), nodes, False, None)  # noqa: FBT003
        failures = tuple(Failure(self.subjects.component(node)) for node in failed[:MOST_FINDINGS])
        return Judgement(len(nodes), len(failed), failures, len(failed) - len(failures), nodes, frozenset(failed))

    def _condition(self, verb: Must, names: tuple[str, ...]) -> Callable[..., bool | None]:
        return self._world.expression(verb.condition, names)

    def _links(self, subject: EachLink, verb: Must) -> Judgement:
        found = self.subjects.links(subject)
        test = self.subjects.test_of_links(verb.condition)
        failed = [number for number in found if test(number) is not True]
        failures = tuple(Failure(self.subjects.link(number)) for number in failed[:MOST_FINDINGS])
        return Judgement(len(found), len(failed), failures, len(failed) - len(failures))

    def _groups(self, subject: Group, verb: Must) -> Judgement:
        found = list(self.subjects.groups(subject))
        if not found:
            return Judgement(0, 0, ())
        test = self._condition(verb, tuple(found[0][0]))
        failed = [item for item in found if test(*item[0].values()) is not True]
        failures = tuple(Failure(self.subjects.group(subject, *item)) for item in failed[:MOST_FINDINGS])
        return Judgement(len(found), len(failed), failures, len(failed) - len(failures))

    def _circles(self, subject: Group | EachLink, verb: MustNotCycle) -> Judgement:
        """One subject for all members, since they pass together; a failure for each set that walks lead around in."""
        if isinstance(subject, EachLink):  # pragma: no cover - compiling ensures it
            raise TypeError("links make no circle")
        nodes = self._world.candidates(subject.selector)
        found = find_cycles(nodes, self._world.hops(verb.along))
        failing = frozenset(node for circle in found for node in circle.members)
        failures = tuple(Failure(self.subjects.component(circle.members[0]), circle) for circle in found[:MOST_FINDINGS])
        return Judgement(len(nodes), len(failing), failures, len(found) - len(failures), nodes, failing)
