"""Where the fewest gates clear all findings of a policy, where that is fewer than one for each target."""

from collections.abc import Iterable

from shipcheck.evaluate.compiled_conditions import NodeGroup
from shipcheck.evaluate.compiled_policy import Prohibition
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch, PairSearch
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.cuts import CutHop, GatePlace, minimum_cut
from shipcheck.graph.graph import EdgeNumber, Node

# Beyond these the cut takes longer than a developer waits, and a guard for each target says enough.
_MOST_PATHS = 500
_MOST_HOPS = 8000


class GatePlaces:
    """Computes minimum cuts over one graph."""

    def __init__(self, view: GraphView, search: OpenPathSearch) -> None:
        self._view = view
        self._search = search

    def fewest(self, prohibition: Prohibition, paths: list[OpenPath]) -> dict[GatePlace, list[OpenPath]]:
        """The fewest places where gates close all `paths`, each place with the paths of which it is the first.

        It is empty where guards of the targets are as few, or the graph is too large to compute it.
        """
        verb = prohibition.verb
        if verb.last_hop or verb.unless_through is None or len(paths) > _MOST_PATHS:
            return {}
        targets = {path.target for path in paths}
        if len(targets) < 2 or not self._shares_a_place(paths):
            return {}
        hops = self._open_hops(prohibition, tuple(sorted({path.subject for path in paths})))
        if len(hops) > _MOST_HOPS:
            return {}
        places = minimum_cut({path.subject for path in paths}, targets, hops, self._guardable)
        if places is None or len(places) >= len(targets):
            return {}
        closed: dict[GatePlace, list[OpenPath]] = {place: [] for place in places}
        for path in paths:
            closed[next(place for hop in path.hops for place in self._places_on(hop) if place in closed)].append(path)
        return closed

    def _shares_a_place(self, paths: list[OpenPath]) -> bool:
        """Whether two targets' paths have a place in common; paths that have none need a gate each."""
        seen: dict[GatePlace, Node] = {}
        firsts = {path.target: path for path in reversed(paths)}
        return any(
            seen.setdefault(place, path.target) != path.target
            for path in firsts.values()
            for hop in path.hops
            for place in self._places_on(hop)
        )

    def _places_on(self, hop: GraphHop) -> list[GatePlace]:
        """The places on a hop: its own, and the guard of the component it leads to."""
        _, edge, node = hop
        places = [GatePlace(guards=False, number=edge)] if self._gateable(edge) else []
        return [*places, GatePlace(guards=True, number=node)] if self._guardable(node) else places

    def _guardable(self, node: Node) -> bool:
        return "guarded_by" in self._view.vocabulary.kinds[self._view.graph.reference(node).kind].links

    def _gateable(self, number: EdgeNumber) -> bool:
        edge = self._view.graph.edges[number]
        return self._view.vocabulary.kinds[self._view.graph.reference(edge.source).kind].links[edge.link].through

    def _open_hops(self, prohibition: Prohibition, subjects: tuple[Node, ...]) -> list[CutHop]:
        """Every hop on an open path from one of these subjects to a target."""
        hops: dict[GraphHop, None] = {}
        for search in self._search.searches(NodeGroup(subjects), prohibition):
            for hop in _hops_between(search):
                hops[hop] = None
                if len(hops) > _MOST_HOPS:
                    break
        return [CutHop(source, edge, target, self._gateable(edge)) for source, edge, target in sorted(hops)]


def _hops_between(search: PairSearch) -> Iterable[GraphHop]:
    """The hops on open paths from the failing subjects of a search to its targets."""
    open_hops, distances = search.open_hops, search.distances
    queue = search.failing
    seen = set(queue)
    for node in queue:
        hops = [(edge, target) for target, edge in open_hops.onward(node, last=True) if target in distances.targets]
        hops += [(edge, target) for target, edge in open_hops.onward(node, last=False) if target in distances.lengths]
        for edge, target in hops:
            yield node, edge, target
            if target in distances.lengths and target not in seen:
                seen.add(target)
                queue.append(target)
