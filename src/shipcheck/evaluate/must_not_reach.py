"""`must_not_reach`: which subjects reach which targets past every fit gate.

One reverse search serves all subjects. Where a target selector or a gate names `from`, there is one pass for each distinct value
of the fields so named; where a gate names `to`, one for each distinct value on the targets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shipcheck.evaluate.gates import Masks, frozen
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.search import Distances, OpenHops, distances_to, reached_from
from shipcheck.model.expression import Path
from shipcheck.model.policy import MustNotReach

# Beyond these, findings are counted and no longer listed: nobody reads so many, and each listed walk costs memory and time.
MOST_PAIRS = 2000
MOST_HOPS = 20_000
_FEW = 50
_STEPS_A_PASS = 16
# Distances of so many nodes, over all searches, are kept for policies that ask the same again.
MOST_HELD = 1_000_000


@dataclass(frozen=True, slots=True)
class OpenWalk:
    """A subject that reaches a target, and the walk as (from, edge, to)."""

    subject: int
    target: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """The walks found, by target and subject; `unlisted` counts the failing pairs beyond those that are listed, at least."""

    walks: tuple[OpenWalk, ...]
    failing: frozenset[int]
    unlisted: int


@dataclass(frozen=True, slots=True)
class Pass:
    """Subjects and targets that no condition tells apart, and how far the nodes are from these targets."""

    subjects: tuple[int, ...]
    targets: tuple[int, ...]
    ways: OpenHops
    near: Distances

    @property
    def failing(self) -> list[int]:
        """The subjects that reach a target."""
        passing, starts = self.near.lengths, self.near.gate_starts
        return [node for node in self.subjects if node in passing or node in starts]


@dataclass(slots=True)
class _Listing:
    """Walks while there is room for them."""

    walks: dict[tuple[int, int], OpenWalk] = field(default_factory=dict)
    unlisted: int = 0
    hops: int = 0

    def add(self, subject: int, near: Distances) -> int:
        """Add a subject's shortest walk where there is room; how many hops were looked at to find it."""
        if len(self.walks) >= MOST_PAIRS or self.hops >= MOST_HOPS:
            self.unlisted += 1
            return 0
        steps = tuple(near.shortest_path(subject))
        self.hops += len(steps)
        self.walks[steps[-1][2], subject] = OpenWalk(subject, steps[-1][2], steps)
        return sum(len(near.open_hops.adjacency.graph.numbers_from(step[0])) for step in steps)


class PathSearch:
    """Evaluates `must_not_reach` over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.masks = Masks(world)
        self._fields: dict[tuple[int, int, int | None], tuple[tuple[int, ...], Distances]] = {}
        self._held = 0
        self._splits: dict[tuple[tuple[Path, ...], int], tuple[tuple[int, ...], list[tuple[int, ...]]]] = {}
        self._ways: dict[tuple[tuple[str, ...], frozenset[int], bool], OpenHops] = {}

    def must_not_reach(self, subjects: tuple[int, ...], verb: MustNotReach) -> Reached:
        """Every pair of subject and target that an open walk joins, each with its shortest one.

        Raises:
            CannotJudgeError: the graph asks for more passes than the limit allows.
        """
        listing = _Listing()
        failing: set[int] = set()
        for same in self.passes(subjects, verb):
            failed = same.failing
            failing.update(failed)
            self._list(same, failed, verb, listing)
        walks = tuple(listing.walks[key] for key in sorted(listing.walks))
        return Reached(walks, frozenset(failing), listing.unlisted)

    def _list(self, same: Pass, failed: list[int], verb: MustNotReach, listing: _Listing) -> None:
        """List what fails: target by target while there is time, and then each subject with its nearest target."""
        list_more = self._world.meter.list
        if not failed:
            return
        if len(same.targets) == 1:
            for subject in failed:
                listing.add(subject, same.near)
            return
        left = set(failed)
        # Where targets are many and few subjects fail, most targets are reached by none of them.
        targets = same.near.reached(failed) if len(same.targets) > _FEW else same.targets
        for target in targets:
            if not list_more(0):
                # Every subject is listed that fails; what else it reaches is not looked for, and there may be one pair more.
                listing.unlisted += 1
                for subject in sorted(left):
                    listing.add(subject, same.near)
                return
            near = distances_to((target,), same.ways, verb.within)
            list_more(near.cost + len(failed))
            for subject in failed:
                if near.distance(subject) is not None:
                    left.discard(subject)
                    list_more(listing.add(subject, near))

    def passes(self, subjects: tuple[int, ...], verb: MustNotReach) -> Iterator[Pass]:
        """One search for each set of subjects and targets that no condition tells apart."""
        wording = self.masks.wording(verb)
        for group in self._split(subjects, (*wording.target_from, *wording.gate_from), "from"):
            for same in self._split(self._targets(group, verb), wording.gate_to, "to"):
                ways = self.ways(verb, group[0], same[0])
                yield Pass(group, same, ways, self._near(same, ways, verb.within, len(group)))

    def _near(self, targets: tuple[int, ...], ways: OpenHops, within: int | None, subjects: int) -> Distances:
        """How far the nodes are from these targets; searched for once for all policies that ask."""
        key = (id(targets), id(ways), within)
        if key not in self._fields:
            near = distances_to(targets, ways, within)
            self._world.meter.walk(_STEPS_A_PASS + near.cost + len(targets) + subjects)
            if self._held > MOST_HELD:
                self._fields.clear()
                self._held = 0
            # The targets are kept with what was found, so that their id is never another's.
            self._fields[key] = (targets, near)
            self._held += len(near.lengths)
        return self._fields[key][1]

    def ways(self, verb: MustNotReach, subject: int, target: int) -> OpenHops:
        """The hops that are open between a subject and a target."""
        fitting = self.masks.shutting(verb, subject, target)
        key = (verb.along, fitting, verb.last_hop)
        if key not in self._ways:
            self._ways[key] = OpenHops(self._world.hops(verb.along), fitting, last_only=verb.last_hop)
        return self._ways[key]

    def _split(self, nodes: tuple[int, ...], paths: tuple[Path, ...], name: str) -> list[tuple[int, ...]]:
        """Nodes that no condition tells apart."""
        if not paths or not nodes:
            return [nodes] if nodes else []
        key = (paths, id(nodes))
        if key not in self._splits:
            groups: dict[tuple[object, ...], list[int]] = {}
            functions = [self._world.expression(path, (name,)) for path in paths]
            for node in nodes:
                groups.setdefault(tuple([frozen(function(node)) for function in functions]), []).append(node)
            # The nodes are kept with their groups, so that their id is never another's.
            self._splits[key] = (nodes, [tuple(group) for group in groups.values()])
        return self._splits[key][1]

    def _targets(self, group: tuple[int, ...], verb: MustNotReach) -> tuple[int, ...]:
        """The targets of a group: those not certainly none. One that names the subject is only asked where it is in reach."""
        if not self.masks.wording(verb).target_from:
            return self._world.candidates(verb.target)
        near = self._world.collected(group, verb.along, verb.target.kinds)
        if near is None:
            reached = reached_from(group, self._world.hops(verb.along))
            self._world.meter.walk(len(reached))
            ranges = [self._world.graph.kinds.get(kind, range(0)) for kind in verb.target.kinds]
            near = sorted(node for node in reached if any(node in nodes for nodes in ranges))
        return tuple(self._world.matching(verb.target, near, certainly=False, **{"from": group[0]}))
