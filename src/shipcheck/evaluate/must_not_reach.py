"""`must_not_reach`: which subjects reach which targets past every qualifying gate.

One reverse search serves all subjects. Where a target selector or a gate selector reads values of `from`, there is one search for
each distinct set of these values; where a gate selector reads values of `to`, one for each distinct set of those of the targets.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, partial

from shipcheck.evaluate.compiled_conditions import NodeGroup
from shipcheck.evaluate.compiled_policy import Prohibition
from shipcheck.evaluate.gates import hashable
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.adjacency import Adjacency, GraphHop
from shipcheck.graph.forward import PathsFrom
from shipcheck.graph.graph import Node
from shipcheck.graph.pair_counts import PairCounter
from shipcheck.graph.search import Distances, OpenHops, distances_to, reached_from
from shipcheck.model.expression import Path
from shipcheck.model.policy import MustNotReach

# Beyond these, pairs are counted and no longer listed.
MOST_PAIRS = 20_000
# Beyond these, paths are listed by their ends alone: each hop costs memory and time.
MOST_HOPS = 20_000
_FEW = 50
_STEPS_A_SEARCH = 16
# A search for less than this part of the subjects is kept to what these reach.
_FEWER = 8
# Distances of so many nodes, over all searches, are kept for policies that search the same again.
MOST_KEPT = 1_000_000


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A subject that reaches a target past every qualifying gate, with a shortest path on which it does.

    A path that `is_cut` has only its first and last hop in `hops`.
    """

    subject: Node
    target: Node
    hops: tuple[GraphHop, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class FailingPairs:
    """A path for each pair of target and subject, ascending.

    `failing` are all subjects that reach a target; `unlisted` counts the pairs without a path here.
    """

    paths: tuple[OpenPath, ...]
    failing: frozenset[Node]
    unlisted: int


class PairSearch:
    """Subjects and targets between which the same gates qualify, and how far each node is from these targets.

    `inside` holds what the subjects reach, where the search is kept to that; None where it is not. With `is_certain` there is one
    subject, and it is known that it reaches every target; then `distances` are searched for only if they are used.
    """

    def __init__(
        self,
        subjects: tuple[Node, ...],
        targets: tuple[Node, ...],
        open_hops: OpenHops,
        find: Callable[[], Distances],
        *,
        inside: AbstractSet[Node] | None = None,
        is_certain: bool = False,
    ) -> None:
        self.subjects = subjects
        self.targets = targets
        self.open_hops = open_hops
        self.inside = inside
        self.is_certain = is_certain
        self._find = find

    @cached_property
    def distances(self) -> Distances:
        """How far each node is from the targets."""
        return self._find()

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

    def has_room(self) -> bool:
        """Whether there is room for another pair."""
        return len(self.paths) < MOST_PAIRS

    def add_nearest(self, subject: Node, distances: Distances) -> None:
        """Add a subject with its shortest path to any target, if there is room."""
        if not self.has_room():
            self.unlisted += 1
            return
        length = distances.distance(subject) or 0
        is_cut = self._cuts(length)
        hops = distances.ends(subject) if is_cut else tuple(distances.shortest_path(subject))
        self._add(OpenPath(subject, hops[-1][2], hops, is_cut))

    def add_from(self, subject: Node, target: Node, paths: PathsFrom) -> None:
        """Add a subject with its shortest path to one of the targets that it reaches."""
        is_cut = self._cuts(paths.length(target))
        self._add(OpenPath(subject, target, paths.ends(target) if is_cut else tuple(paths.path(target)), is_cut))

    def _cuts(self, length: int) -> bool:
        """Whether a path of so many hops is listed by its ends; else its hops are counted."""
        if self.hops >= MOST_HOPS and length > 1:
            return True
        self.hops += length
        return False

    def _add(self, path: OpenPath) -> None:
        self.paths[path.target, path.subject] = path


class OpenPathSearch:
    """Finds the open paths of `must_not_reach` policies over one graph; policies that search the same share the search."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._distances: dict[tuple[NodeGroup, OpenHops, int | None], Distances] = {}
        self._inside: dict[tuple[tuple[Node, ...], Adjacency], AbstractSet[Node]] = {}
        self._kept = 0
        self._open_hops: dict[tuple[tuple[str, ...], frozenset[Node], bool], OpenHops] = {}
        self._near: dict[tuple[NodeGroup, tuple[str, ...], tuple[str, ...]], tuple[Node, ...]] = {}

    def failing_pairs(self, subjects: NodeGroup, prohibition: Prohibition) -> FailingPairs:
        """Every pair of subject and target that an open path joins, each with a shortest one.

        Raises:
            SpentError: the policy has no work left.
        """
        listing = _Listing()
        failing: set[Node] = set()
        for search in self.searches(subjects, prohibition):
            if search.is_certain and not listing.has_room():
                self._view.meter.spend_steps(len(search.targets))
                failing.update(search.subjects)
                listing.unlisted += len(search.targets)
                continue
            failed = search.failing
            failing.update(failed)
            self._list(search, failed, prohibition.verb.within, listing)
        paths = tuple(listing.paths[key] for key in sorted(listing.paths))
        return FailingPairs(paths, frozenset(failing), listing.unlisted)

    def _list(self, search: PairSearch, failed: list[Node], within: int | None, listing: _Listing) -> None:
        """List every pair while there is time and room; count those that are left."""
        if not failed:
            return
        if len(search.targets) == 1:
            for subject in failed:
                listing.add_nearest(subject, search.distances)
            return
        before = len(listing.paths)
        # Where targets are many and few subjects fail, most targets are reached by none of them.
        targets = search.distances.reached(failed) if len(search.targets) > _FEW else search.targets
        if not self._list_pairs(search, failed, targets, within, listing):
            if listing.has_room():
                listed = {subject for _, subject in list(listing.paths)[before:]}
                for subject in sorted(set(failed) - listed)[: MOST_PAIRS - len(listing.paths)]:
                    listing.add_nearest(subject, search.distances)
            listing.unlisted += self._count(search, failed, targets, within) - (len(listing.paths) - before)

    def _list_pairs(
        self, search: PairSearch, failed: list[Node], targets: Sequence[Node], within: int | None, listing: _Listing
    ) -> bool:
        """List pairs, by the direction of search that takes less time; whether these are all."""
        if not listing.has_room():
            return False
        if len(failed) > 1:
            from_one = PathsFrom(failed[0], search.distances, within).cost
            to_one = distances_to(targets[:1], search.open_hops, within, search.inside).cost
            if len(failed) * from_one > len(targets) * to_one:
                return self._list_by_target(search, failed, targets, within, listing)
        return self._list_by_subject(search, failed, within, listing)

    def _count(self, search: PairSearch, failed: list[Node], targets: Sequence[Node], within: int | None) -> int:
        """How many pairs there are: by a search from each target where these are few, else by one for all."""
        counter = PairCounter(search.distances, within)
        passes = counter.passes(len(targets))
        self._view.meter.spend_steps(min(len(targets), passes) * search.distances.cost)
        if len(targets) > _FEW * passes:
            return counter.count(failed, targets)
        wanted = frozenset(failed)
        singles = (distances_to((target,), search.open_hops, within, search.inside) for target in targets)
        return sum(len(wanted.intersection(one.lengths) | (wanted & one.gate_starts)) for one in singles)

    def _list_by_subject(self, search: PairSearch, failed: list[Node], within: int | None, listing: _Listing) -> bool:
        """List pairs subject by subject; whether these are all."""
        for subject in sorted(failed):
            if not listing.has_room() or not self._view.meter.can_list(0):
                return False
            paths = PathsFrom(subject, search.distances, within)
            self._view.meter.can_list(paths.cost + 1)
            for target in paths.targets:
                if not listing.has_room():
                    return False
                listing.add_from(subject, target, paths)
        return True

    def _list_by_target(
        self, search: PairSearch, failed: list[Node], targets: Sequence[Node], within: int | None, listing: _Listing
    ) -> bool:
        """List pairs target by target; whether these are all."""
        wanted = frozenset(failed)
        for target in targets:
            if not listing.has_room() or not self._view.meter.can_list(0):
                return False
            distances = distances_to((target,), search.open_hops, within, search.inside)
            self._view.meter.can_list(distances.cost + 1)
            reaching = wanted.intersection(distances.lengths) | (wanted & distances.gate_starts)
            for subject in sorted(reaching):
                if not listing.has_room():
                    return False
                listing.add_nearest(subject, distances)
        return True

    def searches(self, subjects: NodeGroup, prohibition: Prohibition) -> Iterator[PairSearch]:
        """One search for each group of subjects and targets between which the same gates qualify."""
        gates, within = prohibition.gates, prohibition.verb.within
        for group in self._split(subjects, prohibition.target_reads, "from"):
            self._view.meter.at = group.nodes[0]
            for targets in self._split(self._targets(group, prohibition), gates.reads_to, "to"):
                for nodes, open_hops in self._by_closing(group, targets, prohibition):
                    inside = self._reached(nodes, open_hops) if len(nodes) * _FEWER < len(group.nodes) else None
                    find = partial(self._distances_to, targets, open_hops, within, len(nodes), inside)
                    is_certain = self._is_certain(group, prohibition)
                    yield PairSearch(nodes, targets.nodes, open_hops, find, inside=inside, is_certain=is_certain)

    def _is_certain(self, subjects: NodeGroup, prohibition: Prohibition) -> bool:
        """Whether the targets were chosen from what the only subject reaches, and no gate or length matters."""
        verb = prohibition.verb
        if not prohibition.target_reads or len(subjects.nodes) != 1 or prohibition.gates.selector is not None:
            return False
        return verb.within is None and self._view.graph.reference(subjects.nodes[0]).kind not in verb.target.kinds

    def _by_closing(
        self, subjects: NodeGroup, targets: NodeGroup, prohibition: Prohibition
    ) -> list[tuple[tuple[Node, ...], OpenHops]]:
        """The subjects by the hops that are open between them and some targets."""
        gates, verb = prohibition.gates, prohibition.verb
        if not gates.reads_from and not gates.reads_to:
            return [(subjects.nodes, self.open_hops(prohibition, subjects.nodes[0], targets.nodes[0]))]
        near = self._gates_near(targets, prohibition)
        parts = self._split(subjects, gates.reads_from, "from") if near else [subjects]
        by_closing: dict[frozenset[Node], list[Node]] = {}
        for part in parts:
            self._view.meter.at = part.nodes[0]
            closing = gates.matching(near, part.nodes[0], targets.nodes[0])
            by_closing.setdefault(closing, []).extend(part.nodes)
        return [(tuple(nodes), self._opened(verb, closing)) for closing, nodes in by_closing.items()]

    def _gates_near(self, targets: NodeGroup, prohibition: Prohibition) -> tuple[Node, ...]:
        """What could close a path to some targets: the gates on hops to them, and all gates on the way there, or a few more."""
        along, selector = prohibition.verb.along, prohibition.gates.selector
        kinds = selector.kinds if selector else ()
        key = (targets, along, kinds)
        if key not in self._near:
            met = self._view.gates_on_paths(along, kinds)
            if len(met) > _FEW:
                everything = self._distances_to(targets, self._opened(prohibition.verb, frozenset()), None, 0, None)
                met = self._view.gates_around(everything.lengths, along, kinds)
            self._near[key] = tuple(sorted(met | self._view.gates_around(targets.nodes, along, kinds)))
        return self._near[key]

    def _reached(self, nodes: tuple[Node, ...], open_hops: OpenHops) -> AbstractSet[Node]:
        """Everything that paths of some nodes can lead through, themselves included: a search need not leave it."""
        key = (nodes, open_hops.adjacency)
        if key not in self._inside:
            reached = reached_from(nodes, open_hops.adjacency) | set(nodes)
            self._view.meter.spend_steps(len(reached))
            self._forget(len(reached))
            self._inside[key] = reached
        return self._inside[key]

    def _forget(self, nodes: int) -> None:
        """Make room for what is kept of so many nodes."""
        if self._kept > MOST_KEPT:
            self._distances.clear()
            self._inside.clear()
            self._kept = 0
        self._kept += nodes

    def _distances_to(
        self, targets: NodeGroup, open_hops: OpenHops, within: int | None, subjects: int, inside: AbstractSet[Node] | None
    ) -> Distances:
        if inside is not None:
            distances = distances_to(targets.nodes, open_hops, within, inside)
            self._view.meter.spend_steps(_STEPS_A_SEARCH + distances.cost + len(targets.nodes) + subjects)
            return distances
        key = (targets, open_hops, within)
        if key not in self._distances:
            distances = distances_to(targets.nodes, open_hops, within)
            self._view.meter.spend_steps(_STEPS_A_SEARCH + distances.cost + len(targets.nodes) + subjects)
            self._forget(len(distances.lengths))
            self._distances[key] = distances
        return self._distances[key]

    def open_hops(self, prohibition: Prohibition, subject: Node, target: Node) -> OpenHops:
        """The hops that are open between a subject and a target."""
        return self._opened(prohibition.verb, prohibition.gates.closing(prohibition.verb.along, subject, target))

    def _opened(self, verb: MustNotReach, closing: frozenset[Node]) -> OpenHops:
        """The hops along the links of a policy that are open if these gates qualify."""
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
