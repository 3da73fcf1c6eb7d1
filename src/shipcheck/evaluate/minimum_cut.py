"""Where the fewest gates clear all findings of a policy, where that is fewer than one for each target."""

from collections.abc import Iterable

from shipcheck.evaluate.must_not_reach import OpenWalk, Pass, PathSearch
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.cuts import CutHop, GatePlace, minimum_cut
from shipcheck.model.policy import MustNotReach

# Beyond these the cut takes longer than a developer waits, and a guard for each target says enough.
_MOST_WALKS = 500
_MOST_HOPS = 8000


class Places:
    """Computes smallest cuts over one world."""

    def __init__(self, world: World, paths: PathSearch) -> None:
        self._world = world
        self._paths = paths

    def cut(self, verb: MustNotReach, walks: list[OpenWalk]) -> dict[GatePlace, list[OpenWalk]]:
        """The fewest places for gates, each with the walks that come to it first; none where guards of the targets do as well."""
        if verb.last_hop or verb.unless_through is None or len(walks) > _MOST_WALKS:
            return {}
        targets = {walk.target for walk in walks}
        if len(targets) < 2 or not self._shares_a_place(walks):
            return {}
        hops = self._open_hops(verb, tuple(sorted({walk.subject for walk in walks})))
        if len(hops) > _MOST_HOPS:
            return {}
        places = minimum_cut({walk.subject for walk in walks}, targets, hops, self._guardable)
        if places is None or len(places) >= len(targets):
            return {}
        found: dict[GatePlace, list[OpenWalk]] = {place: [] for place in places}
        for walk in walks:
            found[next(place for step in walk.steps for place in self._on(step) if place in found)].append(walk)
        return found

    def _shares_a_place(self, walks: list[OpenWalk]) -> bool:
        """Whether two targets' walks have a place in common; walks that have none need a gate each."""
        seen: dict[GatePlace, int] = {}
        firsts = {walk.target: walk for walk in reversed(walks)}
        return any(
            seen.setdefault(place, walk.target) != walk.target
            for walk in firsts.values()
            for step in walk.steps
            for place in self._on(step)
        )

    def _on(self, step: Step) -> list[GatePlace]:
        """The places on a hop: its own, and the guard of the component it leads to."""
        _, edge, node = step
        places = [GatePlace(False, edge)] if self._gateable(edge) else []  # noqa: FBT003 - it guards nothing
        return [*places, GatePlace(True, node)] if self._guardable(node) else places  # noqa: FBT003 - it guards

    def _guardable(self, node: int) -> bool:
        return "guarded_by" in self._world.vocabulary.kinds[self._world.graph.reference(node).kind].links

    def _gateable(self, number: int) -> bool:
        edge = self._world.graph.edges[number]
        return self._world.vocabulary.kinds[self._world.graph.reference(edge.source).kind].links[edge.link].through

    def _open_hops(self, verb: MustNotReach, subjects: tuple[int, ...]) -> list[CutHop]:
        """Every hop that lies on an open walk from one of these subjects to a target."""
        found: dict[Step, None] = {}
        for same in self._paths.passes(subjects, verb):
            for step in _between(same):
                found[step] = None
                if len(found) > _MOST_HOPS:
                    break
        return [CutHop(source, edge, target, self._gateable(edge)) for source, edge, target in sorted(found)]


def _between(same: Pass) -> Iterable[Step]:
    """The hops of open walks from the failing subjects of a pass to its targets."""
    queue = same.failing
    seen = set(queue)
    for node in queue:
        steps = [(edge, target) for target, edge in same.ways.onward(node, last=True) if target in same.near.targets]
        steps += [(edge, target) for target, edge in same.ways.onward(node, last=False) if target in same.near.lengths]
        for edge, target in steps:
            yield node, edge, target
            if target in same.near.lengths and target not in seen:
                seen.add(target)
                queue.append(target)
