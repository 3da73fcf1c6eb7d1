"""Path policies: which subjects reach which targets past every fit gate.

One reverse search serves all subjects. Where a target selector or a gate names `from`, there is one pass for each distinct value
of the fields so named; where a gate names `to`, one for each distinct value on the targets.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from shipcheck.evaluate.parts import paths_of
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.search import distances, reached_from, walk
from shipcheck.model.expression import Path, Selector
from shipcheck.model.policy import MustNotReach, MustReach

MOST_PAIRS = 2000


@dataclass(frozen=True, slots=True)
class OpenWalk:
    """A subject that reaches a target: the walk as (from, edge, to), and the gates that would have cleared it."""

    subject: int
    target: int
    steps: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """The walks found; `unlisted` counts the failing pairs beyond those that are listed."""

    walks: tuple[OpenWalk, ...]
    failing: frozenset[int]
    unlisted: int


class PathSearch:
    """Evaluates the path verbs over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def must_reach(self, subjects: tuple[int, ...], verb: MustReach) -> frozenset[int]:
        """The subjects from which no walk comes to a target that certainly matches."""
        test = self._world.selector(verb.target, ("it", "from")[: 2 if _names(verb.target, "from") else 1])
        hops = self._world.hops(verb.along)
        if not _names(verb.target, "from"):
            targets = [node for node in self._world.graph.nodes(verb.target.kinds) if test(node)]
            reaching = distances(targets, hops, _always_open, frozenset(), last_only=False)
            return frozenset(node for node in subjects if node not in reaching)
        return frozenset(
            subject for subject in subjects if not any(test(node, subject) for node in reached_from((subject,), hops))
        )

    def must_not_reach(self, subjects: tuple[int, ...], verb: MustNotReach) -> Reached:
        """Every pair of subject and target that an open walk joins, each with its shortest one."""
        walks: list[OpenWalk] = []
        failing: set[int] = set()
        unlisted = 0
        for group in self._groups(subjects, verb):
            for found in self._group_walks(group, verb):
                failing.add(found[0])
                if len(walks) < MOST_PAIRS:
                    walks.append(OpenWalk(found[0], found[1], tuple(found[2]())))
                else:
                    unlisted += 1
        return Reached(tuple(walks), frozenset(failing), unlisted)

    def _groups(self, subjects: tuple[int, ...], verb: MustNotReach) -> Iterable[tuple[int, ...]]:
        """Subjects that no condition tells apart."""
        gates = verb.unless_through.where if verb.unless_through else None
        paths = (*paths_of(verb.target.where, "from"), *paths_of(gates, "from"))
        return self._split(subjects, paths, "from") if paths else [subjects]

    def _split(self, nodes: Iterable[int], paths: tuple[Path, ...], name: str) -> list[tuple[int, ...]]:
        functions = [self._world.expression(path, (name,)) for path in paths]
        groups: dict[tuple[object, ...], list[int]] = {}
        for node in nodes:
            groups.setdefault(tuple(function(node) for function in functions), []).append(node)
        return [tuple(group) for group in groups.values()]

    def _group_walks(self, group: tuple[int, ...], verb: MustNotReach) -> Iterator["_Found"]:
        hops = self._world.hops(verb.along)
        targets = self._targets(group, verb, hops)
        gate_paths = paths_of(verb.unless_through.where, "to") if verb.unless_through else ()
        for same in self._split(targets, gate_paths, "to") if gate_paths else [targets]:
            if same:
                yield from self._open_pairs(group, same, verb, hops)

    def _targets(self, group: tuple[int, ...], verb: MustNotReach, hops: Adjacency) -> tuple[int, ...]:
        """The targets of a group: those not certainly none. One that names the subject is only asked where it is in reach."""
        if not _names(verb.target, "from"):
            return self._world.candidates(verb.target)
        test = self._world.selector(verb.target, ("it", "from"))
        kinds = {node for node in reached_from(group, hops) if self._kind(node) in verb.target.kinds}
        return tuple(sorted(node for node in kinds if test(node, group[0]) is not False))

    def _kind(self, node: int) -> str:
        return self._world.graph.reference(node).kind

    def fit_gates(self, verb: MustNotReach, subject: int, target: int) -> frozenset[int]:
        """The gates that certainly match `unless_through` for this subject and target."""
        if verb.unless_through is None:
            return frozenset()
        names = tuple(name for name in ("from", "to") if _names(verb.unless_through, name))
        bound = {"from": subject, "to": target}
        test = self._world.selector(verb.unless_through, ("it", *names))
        others = tuple(bound[name] for name in names)
        return frozenset(node for node in self._world.graph.nodes(verb.unless_through.kinds) if test(node, *others))

    def _open_pairs(
        self, group: tuple[int, ...], targets: tuple[int, ...], verb: MustNotReach, hops: Adjacency
    ) -> Iterator["_Found"]:
        fit = self.fit_gates(verb, group[0], targets[0])
        is_open = self._opening(fit)
        reaching = distances(targets, hops, is_open, fit, last_only=verb.last_hop)
        failing = [node for node in group if node in reaching]
        if not failing:
            return
        for target in targets:
            found = distances((target,), hops, is_open, fit, last_only=verb.last_hop)
            for subject in failing:
                if subject in found:
                    yield subject, target, _Walk(self._world, subject, target, hops, found, is_open, fit, verb.last_hop)

    def _opening(self, fit: frozenset[int]) -> Callable[[int, int], bool]:
        gates_of = self._world.gates_of

        def is_open(node: int, edge: int) -> bool:
            return fit.isdisjoint(gates_of(node, edge))

        return is_open


@dataclass(frozen=True, slots=True)
class _Walk:
    """The shortest open walk of one pair, found only when it is listed."""

    world: World
    subject: int
    target: int
    hops: Adjacency
    found: dict[int, int]
    is_open: Callable[[int, int], bool]
    fit: frozenset[int]
    last_only: bool

    def __call__(self) -> list[tuple[int, int, int]]:
        return walk(
            self.world.graph,
            self.subject,
            self.target,
            self.hops,
            self.found,
            self.is_open,
            self.fit,
            last_only=self.last_only,
        )


_Found = tuple[int, int, _Walk]


def _names(selector: Selector, name: str) -> bool:
    return bool(paths_of(selector.where, name))


def _always_open(_node: int, _edge: int) -> bool:
    return True
