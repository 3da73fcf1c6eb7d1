"""Which fit gates keep one component from reaching another: few of them that do so together, and the others there."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.evaluate.hops import Hops
from shipcheck.evaluate.must_not_reach import PathSearch
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.between import PathsBetween
from shipcheck.graph.search import OpenHops, distances_to
from shipcheck.model.policy import MustNotReach
from shipcheck.model.why import Stand, Standing

# Beyond these, gates and places are counted: a person who asks about two components reads a few.
MOST_SEPARATING = 12
MOST_OTHERS = 12
MOST_STANDS = 5
# A place of a gate: how it stands there, and the hop's edge or the node it guards or is.
_Spot = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Separation:
    """The gates found; `is_fewest` says that none of the separating ones can be left out."""

    separating: tuple[Standing, ...]
    others: tuple[Standing, ...]
    more_others: int
    is_fewest: bool


class Separations:
    """Finds what separates components over one world."""

    def __init__(self, world: World, paths: PathSearch, hops: Hops) -> None:
        self._world = world
        self._paths = paths
        self._hops = hops

    def separate(self, verb: MustNotReach, subject: int, target: int) -> Separation:
        """The gates between a subject and a target that walks join, none of them open."""
        pair = _Pair(self._world, verb, subject, target, self._paths.masks.shutting(verb, subject, target))
        spots = pair.spots()
        chosen, is_fewest = pair.choose()
        rest = frozenset(spots)
        separating = tuple(self._separating(pair, spots, gate, chosen, rest) for gate in sorted(chosen) if is_fewest)
        others = sorted(rest - chosen) if is_fewest else sorted(rest)
        listed = tuple(self._standing(gate, spots[gate]) for gate in others[:MOST_OTHERS])
        return Separation(separating, listed, len(others) - len(listed), is_fewest)

    def _separating(
        self, pair: "_Pair", spots: dict[int, dict[_Spot, Step]], gate: int, chosen: frozenset[int], rest: frozenset[int]
    ) -> Standing:
        """One of the separating gates, with a shortest walk that only it stops."""
        walk = pair.open_walk(chosen - {gate}) or []
        met = ((number, spot) for number, step in enumerate(walk) for found, spot in pair.gates_on(step) if found == gate)
        stop, spot = next(met)
        found = self._standing(gate, {spot: walk[stop]} | spots[gate])
        alone = chosen == rest or pair.open_walk(rest - {gate}) is not None
        return Standing(found.gate, found.stands, found.more_stands, alone, self._hops.walk(walk), stop, len(walk))

    def _standing(self, gate: int, spots: dict[_Spot, Step]) -> Standing:
        stands = tuple(self._stand(gate, spot, step) for spot, step in list(spots.items())[:MOST_STANDS])
        return Standing(str(self._world.graph.reference(gate)), stands, len(spots) - len(stands))

    def _stand(self, gate: int, spot: _Spot, step: Step) -> Stand:
        graph = self._world.graph
        how, number = spot
        if how == "hop":
            edge = graph.edges[number]
            text = f"stands between {graph.reference(step[0])} and {graph.reference(step[2])}"
            return Stand("hop", text, graph.gate_place(edge, gate, step[2]))
        if how == "guard":
            edge = graph.edges[step[1]]._replace(gates=())
            return Stand("guard", f"guards {graph.reference(number)}", graph.gate_place(edge, gate, number))
        return Stand("inner", "is what the walk leads through", graph.place(number))


class _Pair:
    """A subject and a target, and the gates that fit between them."""

    def __init__(self, world: World, verb: MustNotReach, subject: int, target: int, fitting: frozenset[int]) -> None:
        self._world = world
        self._verb = verb
        self._subject = subject
        self._target = target
        self._fitting = fitting
        self._has_time = True

    def spots(self) -> dict[int, dict[_Spot, Step]]:
        """The fit gates on the walks, each with its places and a hop for each place."""
        found: dict[int, dict[_Spot, Step]] = {}
        ways = OpenHops(self._world.hops(self._verb.along), last_only=self._verb.last_hop)
        walks = PathsBetween(self._subject, self._target, ways, self._verb.within)
        for step in walks.steps():
            for gate, spot in self.gates_on(step):
                found.setdefault(gate, {}).setdefault(spot, step)
        return found

    def gates_on(self, step: Step) -> Iterator[tuple[int, _Spot]]:
        """The fit gates that stop a walk at a hop: on it, guarding its end, or being the component it leads on from."""
        start, edge, end = step
        if self._verb.last_hop and end != self._target:
            return
        for gate in self._world.guards.get(end, ()):
            if gate in self._fitting:
                yield gate, ("guard", end)
        for gate in self._world.graph.edges[edge].gates:
            if gate in self._fitting:
                yield gate, ("hop", edge)
        if start in self._fitting and start != self._subject:
            yield start, ("inner", start)

    def open_walk(self, gates: frozenset[int]) -> list[Step] | None:
        """A shortest walk past these gates; None where they separate the two."""
        ways = OpenHops(self._world.hops(self._verb.along), gates, last_only=self._verb.last_hop)
        near = distances_to((self._target,), ways, self._verb.within)
        self._has_time = self._world.meter.list(len(near.lengths) + 1)
        return near.shortest_path(self._subject) if near.distance(self._subject) is not None else None

    def choose(self) -> tuple[frozenset[int], bool]:
        """Gates none of which can be left out; they are not looked for to the end where they are many, or the graph is large."""
        chosen: frozenset[int] = frozenset()
        while (walk := self.open_walk(chosen)) is not None:
            # What stands nearest to the target stops the most walks, and a guard all that lead there.
            chosen |= {next(gate for step in reversed(walk) for gate, _ in self.gates_on(step))}
            if len(chosen) > MOST_SEPARATING or not self._has_time:
                return chosen, False
        for gate in sorted(chosen):
            if len(chosen) > 1 and self.open_walk(chosen - {gate}) is None:
                chosen -= {gate}
        return chosen, True
