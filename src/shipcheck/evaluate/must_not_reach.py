"""`must_not_reach`: which subjects reach which targets past every qualifying gate.

One reverse search serves all subjects. Where a target selector or a gate selector reads values of `from`, there is one search for
each distinct set of these values; where a gate selector reads values of `to`, one for each distinct set of those of the targets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shipcheck.evaluate.compiled_conditions import NodeGroup
from shipcheck.evaluate.compiled_policy import Prohibition
from shipcheck.evaluate.gates import hashable
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import Node
from shipcheck.graph.search import Distances, OpenHops, distances_to, reached_from
from shipcheck.model.expression import Path

# Beyond these, findings are counted and no longer listed: each listed path costs memory and time.
MOST_PAIRS = 2000
MOST_HOPS = 20_000
_FEW = 50
_STEPS_A_SEARCH = 16
# Distances of so many nodes, over all searches, are kept for policies that search the same again.
MOST_KEPT = 1_000_000


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A subject that reaches a target past every qualifying gate, with a shortest path on which it does."""

    subject: Node
    target: Node
    hops: tuple[GraphHop, ...]


@dataclass(frozen=True, slots=True)
class FailingPairs:
    """A path for each pair of target and subject, ascending.

    `failing` are all subjects that reach a target; `unlisted` counts the pairs without a path here, or fewer where they are many.
    """

    paths: tuple[OpenPath, ...]
    failing: frozenset[Node]
    unlisted: int


@dataclass(frozen=True, slots=True)
class PairSearch:
    """Subjects and targets between which the same gates qualify, and how far each node is from these targets."""

    subjects: tuple[Node, ...]
    targets: tuple[Node, ...]
    open_hops: OpenHops
    distances: Distances

    @property
    def failing(self) -> list[Node]:
        """The subjects that reach a target."""
        lengths, gate_starts = self.distances.lengths, self.distances.gate_starts
        return [node for node in self.subjects if node in lengths or node in gate_starts]


@dataclass(slots=True)
class _Listing:
    """Paths by target and subject, while there is room for them."""

    paths: dict[tuple[Node, Node], OpenPath] = field(default_factory=dict)
    unlisted: int = 0
    hops: int = 0

    def add(self, subject: Node, distances: Distances) -> int:
        """Add a subject's shortest path where there is room; how many hops were visited to find it."""
        if len(self.paths) >= MOST_PAIRS or self.hops >= MOST_HOPS:
            self.unlisted += 1
            return 0
        hops = tuple(distances.shortest_path(subject))
        target = hops[-1][2]
        self.hops += len(hops)
        self.paths[target, subject] = OpenPath(subject, target, hops)
        graph = distances.open_hops.adjacency.graph
        return sum(len(graph.numbers_from(hop[0])) for hop in hops)


class OpenPathSearch:
    """Finds the open paths of `must_not_reach` policies over one graph; policies that search the same share the search."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._distances: dict[tuple[NodeGroup, OpenHops, int | None], Distances] = {}
        self._kept = 0
        self._open_hops: dict[tuple[tuple[str, ...], frozenset[Node], bool], OpenHops] = {}

    def failing_pairs(self, subjects: NodeGroup, prohibition: Prohibition) -> FailingPairs:
        """Every pair of subject and target that an open path joins, each with a shortest one.

        Raises:
            CannotJudgeError: the graph needs more work than the limits allow.
        """
        listing = _Listing()
        failing: set[Node] = set()
        for search in self.searches(subjects, prohibition):
            failed = search.failing
            failing.update(failed)
            self._list(search, failed, prohibition.verb.within, listing)
        paths = tuple(listing.paths[key] for key in sorted(listing.paths))
        return FailingPairs(paths, frozenset(failing), listing.unlisted)

    def _list(self, search: PairSearch, failed: list[Node], within: int | None, listing: _Listing) -> None:
        """List pairs target by target while there is time, and then each subject with its nearest target."""
        can_list = self._view.meter.can_list
        if not failed:
            return
        if len(search.targets) == 1:
            for subject in failed:
                listing.add(subject, search.distances)
            return
        left = set(failed)
        # Where targets are many and few subjects fail, most targets are reached by none of them.
        targets = search.distances.reached(failed) if len(search.targets) > _FEW else search.targets
        for target in targets:
            if not can_list(0):
                # Every subject that fails is listed; its other targets are not searched for, and there may be one pair more.
                listing.unlisted += 1
                for subject in sorted(left):
                    listing.add(subject, search.distances)
                return
            distances = distances_to((target,), search.open_hops, within)
            can_list(distances.cost + len(failed))
            for subject in failed:
                if distances.distance(subject) is not None:
                    left.discard(subject)
                    can_list(listing.add(subject, distances))

    def searches(self, subjects: NodeGroup, prohibition: Prohibition) -> Iterator[PairSearch]:
        """One search for each group of subjects and targets between which the same gates qualify."""
        gates, within = prohibition.gates, prohibition.verb.within
        for group in self._split(subjects, (*prohibition.target_reads, *gates.reads_from), "from"):
            for targets in self._split(self._targets(group, prohibition), gates.reads_to, "to"):
                open_hops = self.open_hops(prohibition, group.nodes[0], targets.nodes[0])
                distances = self._distances_to(targets, open_hops, within, len(group.nodes))
                yield PairSearch(group.nodes, targets.nodes, open_hops, distances)

    def _distances_to(self, targets: NodeGroup, open_hops: OpenHops, within: int | None, subjects: int) -> Distances:
        key = (targets, open_hops, within)
        if key not in self._distances:
            distances = distances_to(targets.nodes, open_hops, within)
            self._view.meter.spend_steps(_STEPS_A_SEARCH + distances.cost + len(targets.nodes) + subjects)
            if self._kept > MOST_KEPT:
                self._distances.clear()
                self._kept = 0
            self._distances[key] = distances
            self._kept += len(distances.lengths)
        return self._distances[key]

    def open_hops(self, prohibition: Prohibition, subject: Node, target: Node) -> OpenHops:
        """The hops that are open between a subject and a target."""
        verb = prohibition.verb
        closing = prohibition.gates.closing(verb.along, subject, target)
        key = (verb.along, closing, verb.last_hop)
        if key not in self._open_hops:
            self._open_hops[key] = OpenHops(self._view.adjacency(verb.along), closing, last_only=verb.last_hop)
        return self._open_hops[key]

    def _split(self, group: NodeGroup, paths: tuple[Path, ...], name: str) -> list[NodeGroup]:
        """The nodes of a group, bound to `name`, by the values of field paths."""
        if not paths or not group.nodes:
            return [group] if group.nodes else []
        if paths not in group.splits:
            by_values: dict[tuple[object, ...], list[Node]] = {}
            functions = [self._view.conditions.function(path, (name,)) for path in paths]
            for node in group.nodes:
                by_values.setdefault(tuple([hashable(function(node)) for function in functions]), []).append(node)
            group.splits[paths] = [NodeGroup(tuple(nodes)) for nodes in by_values.values()]
        return group.splits[paths]

    def _targets(self, subjects: NodeGroup, prohibition: Prohibition) -> NodeGroup:
        """The targets of a group of subjects: all components but those that certainly do not match.

        A selector that reads values of the subject is evaluated only for what is in reach.
        """
        view, verb = self._view, prohibition.verb
        if not prohibition.target_reads:
            return view.conditions.candidates(verb.target)
        near = view.collected(subjects.nodes, verb.along, verb.target.kinds)
        if near is None:
            reached = reached_from(subjects.nodes, view.adjacency(verb.along))
            view.meter.spend_steps(len(reached))
            ranges = [view.graph.kinds.get(kind, range(0)) for kind in verb.target.kinds]
            near = sorted(node for node in reached if any(node in nodes for nodes in ranges))
        bound = {"from": subjects.nodes[0]}
        return NodeGroup(tuple(view.conditions.matching(verb.target, near, certainly=False, **bound)))
