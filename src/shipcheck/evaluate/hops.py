"""The hops of a witness in words and places, each with why the gates on it do not count."""

from collections.abc import Sequence

from shipcheck.evaluate.compiled_policy import CompiledPolicy, Prohibition
from shipcheck.evaluate.must_not_reach import OpenPath
from shipcheck.evaluate.reasons import ReasonFinder
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import Edge, Node
from shipcheck.graph.nearest import nearest
from shipcheck.model.finding import GateVerdict, Hop

# Gates on one hop beyond these are counted, not explained.
MOST_GATES = 12
# A path of more hops is counted, not shown: it is too long to read, and the places of all its hops cost time and memory.
MOST_SHOWN = 300
_MOST_NEAR = 3


class HopBuilder:
    """Builds the hops that findings of one policy show."""

    def __init__(self, compiled: CompiledPolicy, reasons: ReasonFinder) -> None:
        self._view = compiled.view
        self._graph = compiled.view.graph
        self._reasons = reasons
        self._nearest: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[Node, list[Node]]] = {}

    def plain(self, graph_hop: GraphHop) -> Hop:
        """A hop without its gates."""
        start, number, end = graph_hop
        edge = self._graph.edges[number]
        declaring, named = self._graph.reference(edge.source), self._graph.reference(edge.target)
        says = f"{declaring} {self._view.vocabulary.says(declaring.kind, edge.link)} {named}"
        source, target = self._graph.reference(start), self._graph.reference(end)
        return Hop(str(source), edge.link, str(target), says, self._graph.edge_place(edge), ())

    def path(self, hops: Sequence[GraphHop]) -> tuple[Hop, ...]:
        """The hops of a path without their gates; none where it is too long to show."""
        return tuple(self.plain(hop) for hop in hops) if len(hops) <= MOST_SHOWN else ()

    def with_gates(self, prohibition: Prohibition, path: OpenPath, graph_hop: GraphHop) -> Hop:
        """A hop of an open path, with why each gate on it does not count."""
        hop = self.plain(graph_hop)
        if prohibition.gates.selector is None:
            return hop
        _, number, end = graph_hop
        gates = self._view.gates_of(end, number)
        edge = self._graph.edges[number]
        verdicts = tuple(self._verdict(prohibition, path, edge, end, gate) for gate in gates[:MOST_GATES])
        return Hop(hop.source, hop.link, hop.target, hop.says, hop.location, verdicts, len(gates) - len(verdicts))

    def gate(self, prohibition: Prohibition, path: OpenPath, graph_hop: GraphHop, gate: Node) -> GateVerdict:
        """Whether `gate`, on a hop of an open path, counts, and if not, why not."""
        return self._verdict(prohibition, path, self._graph.edges[graph_hop[1]], graph_hop[2], gate)

    def _verdict(self, prohibition: Prohibition, path: OpenPath, edge: Edge, end: Node, gate: Node) -> GateVerdict:
        selector = prohibition.gates.selector
        environment: dict[str, object] = {"it": gate, "from": path.subject, "to": path.target}
        reasons = self._reasons.of_selector(selector, environment) if selector else []
        place = self._graph.gate_place(edge, gate, end)
        return GateVerdict(str(self._graph.reference(gate)), not reasons, place, tuple(reasons))

    def nearest(self, node: Node, along: tuple[str, ...], kinds: tuple[str, ...]) -> list[Node]:
        """The nearest components of `kinds` that paths from `node` reach; a few at most. All nodes share one search."""
        key = (along, kinds)
        if key not in self._nearest:
            wanted = tuple(self._graph.nodes(kinds))
            self._nearest[key] = nearest(wanted, self._view.adjacency(along), _MOST_NEAR)
        return self._nearest[key].get(node, [])
