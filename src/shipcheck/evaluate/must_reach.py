"""`must_reach`: which subjects come to a target, through something, within some hops, or on every way."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.evaluate.world import World
from shipcheck.graph.escapes import Escape, EscapeSearch
from shipcheck.graph.search import OpenHops, distances_to, reached_from
from shipcheck.graph.through import reaching_through
from shipcheck.model.policy import MustReach
from shipcheck.model.traverse import paths_of


@dataclass(frozen=True, slots=True)
class Missed:
    """A subject without a walk to a target, or with a way out that never meets one."""

    subject: int
    lost: Escape | None


class ReachSearch:
    """Evaluates `must_reach` over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def must_reach(self, subjects: tuple[int, ...], verb: MustReach, most: int) -> tuple[frozenset[int], list[Missed]]:
        """The subjects that do not come to a target that certainly matches; the first of them with where they go astray."""
        if verb.every_way:
            lost = dict(self._lost(subjects, verb))
            return frozenset(lost), [Missed(node, lost[node].shortest(node)) for node in sorted(lost)[:most]]
        reaching = self._reaching(subjects, verb)
        failed = [node for node in subjects if node not in reaching]
        return frozenset(failed), [Missed(node, None) for node in sorted(failed)[:most]]

    def _lost(self, subjects: tuple[int, ...], verb: MustReach) -> Iterator[tuple[int, EscapeSearch]]:
        """The subjects with a way out that never meets a target, each with what knows where it leads."""
        hops = self._world.hops(verb.along)
        if not paths_of(verb.target.where, "from"):
            ends = EscapeSearch(self._targets(verb), hops)
            yield from ((node, ends) for node in subjects if ends.has_escape(node))
            return
        for node in subjects:
            own = EscapeSearch(self._own_targets(node, verb), hops)
            if own.has_escape(node):
                yield node, own

    def _targets(self, verb: MustReach) -> list[int]:
        test = self._world.selector(verb.target)
        return [node for node in self._world.graph.nodes(verb.target.kinds) if test(node)]

    def _reaching(self, subjects: tuple[int, ...], verb: MustReach) -> set[int]:
        """The subjects that come to a target."""
        hops = self._world.hops(verb.along)
        if paths_of(verb.target.where, "from"):
            return {node for node in subjects if self._reaches_its_own(node, verb)}
        if verb.through is not None:
            return reaching_through(self._targets(verb), self.passed(verb), verb.within)
        return set(distances_to(self._targets(verb), OpenHops(hops), verb.within).lengths)

    def _reaches_its_own(self, subject: int, verb: MustReach) -> bool:
        """Whether a subject comes to a target that the subject itself decides on."""
        hops = self._world.hops(verb.along)
        targets = self._own_targets(subject, verb)
        if verb.through is not None:
            return subject in reaching_through(targets, self.passed(verb), verb.within)
        if not targets or verb.within is None:
            return bool(targets)
        return distances_to(targets, OpenHops(hops), verb.within).distance(subject) is not None

    def _own_targets(self, subject: int, verb: MustReach) -> list[int]:
        """The targets in reach of a subject that the subject itself decides on."""
        test = self._world.selector(verb.target, ("it", "from"))
        reached = reached_from((subject,), self._world.hops(verb.along))
        self._world.meter.walk(len(reached))
        return [node for node in reached if test(node, subject)]

    def passed(self, verb: MustReach) -> OpenHops:
        """The hops, with the matches of `through` in the place of gates."""
        through = verb.through
        test = self._world.selector(through) if through else None
        matches = (
            frozenset(node for node in self._world.graph.nodes(through.kinds) if test(node)) if through and test else frozenset()
        )
        return OpenHops(self._world.hops(verb.along), matches)
