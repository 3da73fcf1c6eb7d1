"""By which open paths one component reaches another: one for each last hop, and the gates on them that do not count."""

from dataclasses import dataclass

from shipcheck.evaluate.compiled_policy import Prohibition
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.hops import MOST_SHOWN, HopBuilder
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.between import PathsBetween
from shipcheck.graph.graph import Node
from shipcheck.model.finding import GateVerdict, Hop

# Beyond these, paths and gates are counted.
MOST_PATHS = 5
MOST_DISQUALIFIED = 12


@dataclass(frozen=True, slots=True)
class OpenPathsOfPair:
    """The shortest open path for each last hop, the shortest of all first, and the gates that are only on other open paths.

    Paths that are too long to show are counted with those beyond the ones listed.
    """

    paths: tuple[tuple[Hop, ...], ...]
    more_paths: int
    disqualified: tuple[GateVerdict, ...]
    more_disqualified: int


class OpenPathFinder:
    """Finds the open paths between two components, for one policy."""

    def __init__(self, view: GraphView, search: OpenPathSearch, hops: HopBuilder, prohibition: Prohibition) -> None:
        self._view = view
        self._search = search
        self._hops = hops
        self._prohibition = prohibition

    def shortest(self, subject: Node, target: Node) -> OpenPath | None:
        """The shortest open path between two components, the one that a finding shows; None where there is none.

        Raises:
            CannotJudgeError: the graph needs more work than the limits allow.
        """
        between = self._between(subject, target)
        self._view.meter.spend_steps(len(between.distances.lengths))
        hops = tuple(between.distances.shortest_path(subject))
        return OpenPath(subject, target, hops) if hops else None

    def all_of(self, shortest: OpenPath) -> OpenPathsOfPair:
        """Every distinct reason why an open path joins two components; `shortest` is the shortest one."""
        subject, target = shortest.subject, shortest.target
        between = self._between(subject, target)
        lasts = [hop for hop in between.last_hops() if hop != shortest.hops[-1]]
        paths = [shortest]
        paths += [OpenPath(subject, target, between.path_ending_with(hop)) for hop in lasts[: MOST_PATHS - 1]]
        listed = [path for path in paths if len(path.hops) <= MOST_SHOWN]
        hops = tuple(tuple(self._hops.with_gates(self._prohibition, path, hop) for hop in path.hops) for path in listed)
        disqualified = self._gates_elsewhere(between, listed)
        verdicts = tuple(
            self._hops.gate(self._prohibition, shortest, hop, gate)
            for gate, hop in sorted(disqualified.items())[:MOST_DISQUALIFIED]
        )
        return OpenPathsOfPair(hops, 1 + len(lasts) - len(listed), verdicts, len(disqualified) - len(verdicts))

    def _between(self, subject: Node, target: Node) -> PathsBetween:
        open_hops = self._search.open_hops(self._prohibition, subject, target)
        return PathsBetween(subject, target, open_hops, self._prohibition.verb.within)

    def _gates_elsewhere(self, between: PathsBetween, listed: list[OpenPath]) -> dict[Node, GraphHop]:
        """The gates on open paths that are on none of those listed, each with the first hop that it is on."""
        if self._prohibition.gates.selector is None:
            return {}
        shown = {gate for path in listed for hop in path.hops for gate in self._view.gates_of(hop[2], hop[1])}
        elsewhere: dict[Node, GraphHop] = {}
        for hop in between.hops():
            for gate in self._view.gates_of(hop[2], hop[1]):
                if gate not in shown:
                    elsewhere.setdefault(gate, hop)
        return elsewhere
