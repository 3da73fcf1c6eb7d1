"""The hops of a witness, each with what the gates on it lack."""

from collections.abc import Sequence

from shipcheck.evaluate.must_not_reach import OpenWalk
from shipcheck.evaluate.reasons import Blame
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.graph import Edge
from shipcheck.model.finding import GateVerdict, Hop
from shipcheck.model.policy import MustNotReach

# Gates on one hop beyond these are counted, not explained.
MOST_GATES = 12
# A walk of more hops is counted, not shown: nobody reads it, and the places of all its hops cost time and memory.
MOST_SHOWN = 300
_MOST_NEAR = 3
_MOST_SEEN = 10_000


class Hops:
    """Makes hops over one world."""

    def __init__(self, world: World, blame: Blame) -> None:
        self._world = world
        self._graph = world.graph
        self._blame = blame

    def plain(self, step: Step) -> Hop:
        """A hop of a walk that gates have no part in."""
        start, number, end = step
        edge = self._graph.edges[number]
        declaring, named = self._graph.reference(edge.source), self._graph.reference(edge.target)
        says = f"{declaring} {self._world.vocabulary.says(declaring.kind, edge.link)} {named}"
        source, target = self._graph.reference(start), self._graph.reference(end)
        return Hop(str(source), edge.link, str(target), says, self._graph.edge_place(edge), ())

    def walk(self, steps: Sequence[Step]) -> tuple[Hop, ...]:
        """The hops of a walk that gates have no part in; none where it is too long to show."""
        return tuple(self.plain(step) for step in steps) if len(steps) <= MOST_SHOWN else ()

    def judged(self, verb: MustNotReach, walk: OpenWalk, step: Step) -> Hop:
        """A hop of an open walk, with why each gate on it does not count."""
        hop = self.plain(step)
        if verb.unless_through is None:
            return hop
        _, number, end = step
        gates = self._world.gates_of(end, number)
        verdicts = tuple(self._gate(verb, walk, self._graph.edges[number], end, gate) for gate in gates[:MOST_GATES])
        return Hop(hop.source, hop.link, hop.target, hop.says, hop.location, verdicts, len(gates) - len(verdicts))

    def gate(self, verb: MustNotReach, walk: OpenWalk, step: Step, gate: int) -> GateVerdict:
        """Whether one gate on a hop of an open walk counts, and if not, why not."""
        return self._gate(verb, walk, self._graph.edges[step[1]], step[2], gate)

    def _gate(self, verb: MustNotReach, walk: OpenWalk, edge: Edge, end: int, gate: int) -> GateVerdict:
        environment: dict[str, object] = {"it": gate, "from": walk.subject, "to": walk.target}
        reasons = self._blame.selector(verb.unless_through, environment) if verb.unless_through else []
        place = self._graph.gate_place(edge, gate, end)
        return GateVerdict(str(self._graph.reference(gate)), not reasons, place, tuple(reasons))

    def nearest(self, node: int, along: tuple[str, ...], kinds: tuple[str, ...]) -> list[int]:
        """The nearest components of some kinds that walks from a node come to."""
        hops = self._world.hops(along)
        seen: dict[int, None] = {}
        queue = [node]
        near: list[int] = []
        for current in queue:
            for target, _ in sorted(hops.onward(current)):
                if target not in seen:
                    seen[target] = None
                    queue.append(target)
                    if self._graph.reference(target).kind in kinds:
                        near.append(target)
            if len(near) >= _MOST_NEAR or len(seen) > _MOST_SEEN:
                break
        return near[:_MOST_NEAR]
