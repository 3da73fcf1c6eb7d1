"""Which qualifying gates keep one component from reaching another: few that do so together, and the others on the paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from shipcheck.evaluate.compiled_policy import Prohibition
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.hops import HopBuilder
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.between import PathsBetween
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.graph.search import OpenHops, distances_to
from shipcheck.model.policy import MustNotReach
from shipcheck.model.why import GatePlace, PlacedGate

# Beyond these, gates and places are counted: someone who asks about two components reads a few.
MOST_SEPARATING = 12
MOST_OTHERS = 12
MOST_PLACES = 5
_Place: TypeAlias = tuple[Literal["hop", "guard", "inner"], Node | EdgeNumber]
"""Where a gate closes paths: on the hop over an edge, guarding a component, or as a component that paths lead through."""
_Places: TypeAlias = dict[_Place, GraphHop]
"""The places of one gate, each with a hop there."""


@dataclass(frozen=True, slots=True)
class Separation:
    """The gates between two components; `is_fewest` says that none of the separating ones can be left out."""

    separating: tuple[PlacedGate, ...]
    others: tuple[PlacedGate, ...]
    more_others: int
    is_fewest: bool


class SeparationFinder:
    """Finds the gates that separate two components, for one policy."""

    def __init__(self, view: GraphView, hops: HopBuilder, prohibition: Prohibition) -> None:
        self._view = view
        self._hops = hops
        self._prohibition = prohibition

    def separation(self, subject: Node, target: Node) -> Separation:
        """The gates between a subject and a target that are joined by paths, none of them open."""
        verb = self._prohibition.verb
        closing = self._prohibition.gates.closing(verb.along, subject, target)
        pair = _Pair(self._view, verb, subject, target, closing)
        places = pair.places()
        chosen, is_fewest = pair.choose()
        gates = frozenset(places)
        separating = tuple(self._separating(pair, places, gate, chosen) for gate in sorted(chosen) if is_fewest)
        others = sorted(gates - chosen) if is_fewest else sorted(gates)
        listed = tuple(self._placed_gate(gate, places[gate]) for gate in others[:MOST_OTHERS])
        return Separation(separating, listed, len(others) - len(listed), is_fewest)

    def _separating(self, pair: "_Pair", places: dict[Node, _Places], gate: Node, chosen: frozenset[Node]) -> PlacedGate:
        """One of the separating gates, with a shortest path that only it closes."""
        gates = frozenset(places)
        path = pair.open_path(chosen - {gate}) or []
        on_path = ((number, place) for number, hop in enumerate(path) for other, place in pair.gates_on(hop) if other == gate)
        stop, place = next(on_path)
        placed = self._placed_gate(gate, {place: path[stop]} | places[gate])
        alone = chosen == gates or pair.open_path(gates - {gate}) is not None
        return PlacedGate(placed.gate, placed.places, placed.more_places, alone, self._hops.path(path), stop, len(path))

    def _placed_gate(self, gate: Node, places: _Places) -> PlacedGate:
        listed = tuple(self._gate_place(gate, place, hop) for place, hop in list(places.items())[:MOST_PLACES])
        return PlacedGate(str(self._view.graph.reference(gate)), listed, len(places) - len(listed))

    def _gate_place(self, gate: Node, place: _Place, hop: GraphHop) -> GatePlace:
        graph = self._view.graph
        how, number = place
        match how:
            case "hop":
                text = f"is on the hop from {graph.reference(hop[0])} to {graph.reference(hop[2])}"
                return GatePlace("hop", text, graph.gate_place(graph.edges[number], gate, hop[2]))
            case "guard":
                edge = graph.edges[hop[1]]._replace(gates=())
                return GatePlace("guard", f"guards {graph.reference(number)}", graph.gate_place(edge, gate, number))
            case "inner":
                return GatePlace("inner", "is a component on the path", graph.place(number))
            case _:
                assert_never(how)


class _Pair:
    """A subject and a target, and the gates that qualify between them."""

    def __init__(self, view: GraphView, verb: MustNotReach, subject: Node, target: Node, qualifying: frozenset[Node]) -> None:
        self._view = view
        self._adjacency = view.adjacency(verb.along)
        self._verb = verb
        self._subject = subject
        self._target = target
        self._qualifying = qualifying
        self._has_time = True

    def places(self) -> dict[Node, _Places]:
        """The qualifying gates on the paths, each with its places."""
        places: dict[Node, _Places] = {}
        every_hop = OpenHops(self._adjacency, last_only=self._verb.last_hop)
        for hop in PathsBetween(self._subject, self._target, every_hop, self._verb.within).hops():
            for gate, place in self.gates_on(hop):
                places.setdefault(gate, {}).setdefault(place, hop)
        return places

    def gates_on(self, hop: GraphHop) -> Iterator[tuple[Node, _Place]]:
        """The qualifying gates that close a path at a hop: on it, guarding its end, or the component that it starts from."""
        start, edge, end = hop
        if self._verb.last_hop and end != self._target:
            return
        for gate in self._view.guards.get(end, ()):
            if gate in self._qualifying:
                yield gate, ("guard", end)
        for gate in self._view.graph.edges[edge].gates:
            if gate in self._qualifying:
                yield gate, ("hop", edge)
        if start in self._qualifying and start != self._subject:
            yield start, ("inner", start)

    def open_path(self, gates: frozenset[Node]) -> list[GraphHop] | None:
        """A shortest path past `gates`; None where they separate the two."""
        open_hops = OpenHops(self._adjacency, gates, last_only=self._verb.last_hop)
        distances = distances_to((self._target,), open_hops, self._verb.within)
        self._has_time = self._view.meter.can_list(len(distances.lengths) + 1)
        return distances.shortest_path(self._subject) if distances.distance(self._subject) is not None else None

    def choose(self) -> tuple[frozenset[Node], bool]:
        """Gates that separate the two, and whether none can be left out.

        Each is chosen on a path that those before leave open, and left out again where the others close it too; this stops early
        where they are many or the graph is large.
        """
        chosen: frozenset[Node] = frozenset()
        while (path := self.open_path(chosen)) is not None:
            # A gate nearest to the target closes the most paths, and a guard all that lead there.
            chosen |= {next(gate for hop in reversed(path) for gate, _ in self.gates_on(hop))}
            if len(chosen) > MOST_SEPARATING or not self._has_time:
                return chosen, False
        for gate in sorted(chosen):
            if len(chosen) > 1 and self.open_path(chosen - {gate}) is None:
                chosen -= {gate}
        return chosen, True
