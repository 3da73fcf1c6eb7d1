"""By which open walks one component reaches another: one for each way in, and the gates on them that do not count."""

from dataclasses import dataclass

from shipcheck.evaluate.hops import MOST_SHOWN, Hops
from shipcheck.evaluate.must_not_reach import OpenWalk, PathSearch
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.between import PathsBetween
from shipcheck.model.finding import GateVerdict, Hop
from shipcheck.model.policy import MustNotReach

# Beyond these, ways in and gates are counted.
MOST_WAYS = 5
MOST_UNFIT = 12


@dataclass(frozen=True, slots=True)
class Opening:
    """The shortest open walk for each last hop, the shortest of all first, and the gates that only other open walks meet.

    Walks that are too long to show are counted with those beyond the ones listed.
    """

    walks: tuple[tuple[Hop, ...], ...]
    more_walks: int
    unfit: tuple[GateVerdict, ...]
    more_unfit: int


class Openings:
    """Finds open walks over one world."""

    def __init__(self, world: World, paths: PathSearch, hops: Hops) -> None:
        self._world = world
        self._paths = paths
        self._hops = hops

    def shortest(self, verb: MustNotReach, subject: int, target: int) -> OpenWalk | None:
        """The shortest open walk between two components, the one that a finding shows; None where there is none."""
        walks = self._between(verb, subject, target)
        self._world.meter.walk(len(walks.distances.lengths))
        steps = tuple(walks.distances.shortest_path(subject))
        return OpenWalk(subject, target, steps) if steps else None

    def open(self, verb: MustNotReach, shortest: OpenWalk) -> Opening:
        """Every distinct reason why an open walk joins two components."""
        walks = self._between(verb, shortest.subject, shortest.target)
        lasts = [step for step in walks.last_steps() if step != shortest.steps[-1]]
        ways = [shortest]
        ways += [OpenWalk(shortest.subject, shortest.target, walks.path_ending_with(step)) for step in lasts[: MOST_WAYS - 1]]
        listed = [walk for walk in ways if len(walk.steps) <= MOST_SHOWN]
        shown = tuple(tuple(self._hops.judged(verb, walk, step) for step in walk.steps) for walk in listed)
        unfit = self._elsewhere(verb, walks, listed)
        verdicts = tuple(self._hops.gate(verb, shortest, step, gate) for gate, step in sorted(unfit.items())[:MOST_UNFIT])
        return Opening(shown, 1 + len(lasts) - len(listed), verdicts, len(unfit) - len(verdicts))

    def _between(self, verb: MustNotReach, subject: int, target: int) -> PathsBetween:
        return PathsBetween(subject, target, self._paths.ways(verb, subject, target), verb.within)

    def _elsewhere(self, verb: MustNotReach, walks: PathsBetween, listed: list[OpenWalk]) -> dict[int, Step]:
        """The gates on open walks that stand on none of those listed, each with the hop where it is met first."""
        if verb.unless_through is None:
            return {}
        shown = {gate for walk in listed for step in walk.steps for gate in self._world.gates_of(step[2], step[1])}
        found: dict[int, Step] = {}
        for step in walks.steps():
            for gate in self._world.gates_of(step[2], step[1]):
                if gate not in shown:
                    found.setdefault(gate, step)
        return found
