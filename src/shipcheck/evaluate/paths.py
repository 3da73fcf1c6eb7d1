"""Path policies: which subjects reach which targets past every fit gate.

One reverse search serves all subjects. Where a target selector or a gate names `from`, there is one pass for each distinct value
of the fields so named; where a gate names `to`, one for each distinct value on the targets.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shipcheck.errors import CannotJudgeError
from shipcheck.evaluate.parts import paths_of
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.search import Rules, distances, reached_from, walk
from shipcheck.model.expression import Path, Selector
from shipcheck.model.policy import MustNotReach, MustReach

# Beyond these, findings are counted and no longer listed: nobody reads so many, and each listed walk costs memory and time.
MOST_PAIRS = 2000
MOST_HOPS = 20_000
# A hostile graph can ask for as many passes as it has owners times sets of effects; an honest one of a hundred thousand
# components stays far below this.
FEWEST_STEPS = 1_500_000
STEPS_A_COMPONENT = 20


@dataclass(frozen=True, slots=True)
class OpenWalk:
    """A subject that reaches a target, and the walk as (from, edge, to)."""

    subject: int
    target: int
    steps: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """The walks found; `unlisted` counts the failing pairs beyond those that are listed."""

    walks: tuple[OpenWalk, ...]
    failing: frozenset[int]
    unlisted: int


@dataclass(frozen=True, slots=True)
class Wording:
    """Which values of the subject and of the target the selectors of a verb read."""

    target_from: tuple[Path, ...]
    gate_from: tuple[Path, ...]
    gate_to: tuple[Path, ...]

    @property
    def gate_names(self) -> tuple[str, ...]:
        """The names that the gate selector uses besides its own `it`."""
        return tuple(name for name, used in (("from", self.gate_from), ("to", self.gate_to)) if used)


class PathSearch:
    """Evaluates the path verbs over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._steps_left = FEWEST_STEPS + STEPS_A_COMPONENT * (len(world.graph.components) + len(world.graph.edges))
        self._wordings: dict[MustNotReach, Wording] = {}
        self._fits: dict[tuple[Selector, tuple[object, ...]], Callable[[int], bool]] = {}

    def must_reach(self, subjects: tuple[int, ...], verb: MustReach) -> frozenset[int]:
        """The subjects from which no walk comes to a target that certainly matches."""
        hops = self._world.hops(verb.along)
        if not paths_of(verb.target.where, "from"):
            test = self._world.selector(verb.target)
            targets = [node for node in self._world.graph.nodes(verb.target.kinds) if test(node)]
            reaching = distances(targets, hops, Rules(_always_open, _never))
            return frozenset(node for node in subjects if node not in reaching)
        test = self._world.selector(verb.target, ("it", "from"))
        return frozenset(
            subject for subject in subjects if not any(test(node, subject) for node in reached_from((subject,), hops))
        )

    def must_not_reach(self, subjects: tuple[int, ...], verb: MustNotReach) -> Reached:
        """Every pair of subject and target that an open walk joins, each with its shortest one.

        Raises:
            CannotJudgeError: the graph asks for more passes than the limit allows.
        """
        walks: list[OpenWalk] = []
        hops_listed = 0
        failing: set[int] = set()
        unlisted = 0
        wording = self._wording(verb)
        paths = (*wording.target_from, *wording.gate_from)
        for group in self._split(subjects, paths, "from"):
            for pair in self._group_pairs(group, verb, wording):
                failing.add(pair.subject)
                if len(walks) < MOST_PAIRS and hops_listed < MOST_HOPS:
                    walks.append(pair.walk(self._world))
                    hops_listed += len(walks[-1].steps)
                else:
                    unlisted += 1
        return Reached(tuple(walks), frozenset(failing), unlisted)

    def _wording(self, verb: MustNotReach) -> Wording:
        if verb not in self._wordings:
            gate = verb.unless_through.where if verb.unless_through else None
            self._wordings[verb] = Wording(paths_of(verb.target.where, "from"), paths_of(gate, "from"), paths_of(gate, "to"))
        return self._wordings[verb]

    def _split(self, nodes: tuple[int, ...], paths: tuple[Path, ...], name: str) -> list[tuple[int, ...]]:
        """Nodes that no condition tells apart."""
        if not paths or not nodes:
            return [nodes] if nodes else []
        groups: dict[tuple[object, ...], list[int]] = {}
        functions = [self._world.expression(path, (name,)) for path in paths]
        for node in nodes:
            groups.setdefault(tuple(_frozen(function(node)) for function in functions), []).append(node)
        return [tuple(group) for group in groups.values()]

    def _group_pairs(self, group: tuple[int, ...], verb: MustNotReach, wording: Wording) -> Iterator["_Pair"]:
        hops = self._world.hops(verb.along)
        for same in self._split(self._targets(group, verb, wording, hops), wording.gate_to, "to"):
            yield from self._open_pairs(group, same, verb, hops)

    def _targets(self, group: tuple[int, ...], verb: MustNotReach, wording: Wording, hops: Adjacency) -> tuple[int, ...]:
        """The targets of a group: those not certainly none. One that names the subject is only asked where it is in reach."""
        if not wording.target_from:
            return self._world.candidates(verb.target)
        test = self._world.selector(verb.target, ("it", "from"))
        kinds = frozenset(verb.target.kinds)
        components = self._world.graph.components
        near = [node for node in reached_from(group, hops) if components[node].reference.kind in kinds]
        return tuple(sorted(node for node in near if test(node, group[0]) is not False))

    def fit(self, verb: MustNotReach, subject: int, target: int) -> Callable[[int], bool]:
        """Whether a component certainly matches `unless_through` for this subject and target; asked once for each."""
        selector = verb.unless_through
        if selector is None:
            return _never
        wording = self._wording(verb)
        bound = {"from": subject, "to": target}
        values = [self._value(path, bound) for path in (*wording.gate_from, *wording.gate_to)]
        key = (selector, tuple(values))
        if key not in self._fits:
            test = self._world.selector(selector, ("it", *wording.gate_names))
            self._fits[key] = _remembered(test, tuple(bound[name] for name in wording.gate_names))
        return self._fits[key]

    def _value(self, path: Path, bound: dict[str, int]) -> object:
        return _frozen(self._world.expression(path, (path.start,))(bound[path.start]))

    def _open_pairs(
        self, group: tuple[int, ...], targets: tuple[int, ...], verb: MustNotReach, hops: Adjacency
    ) -> Iterator["_Pair"]:
        rules = self._rules(verb, group[0], targets[0])
        reaching = self._reaching(targets, hops, rules)
        failing = [node for node in group if node in reaching]
        if not failing:
            return
        for target in targets:
            found = self._reaching((target,), hops, rules)
            for subject in failing:
                if subject in found:
                    yield _Pair(subject, target, hops, found, rules)

    def _reaching(self, targets: tuple[int, ...], hops: Adjacency, rules: Rules) -> dict[int, int]:
        found = distances(targets, hops, rules)
        self._steps_left -= len(found) + len(targets)
        if self._steps_left < 0:
            raise CannotJudgeError(
                "the walks of this graph are too many to judge: one web of agents has too many different owners and sets of "
                "effects; check its parts one by one"
            )
        return found

    def _rules(self, verb: MustNotReach, subject: int, target: int) -> Rules:
        fit = self.fit(verb, subject, target)
        gates_of = self._world.gates_of
        gate_kinds = [self._world.graph.kinds[kind] for kind in self._gate_kinds(verb) if kind in self._world.graph.kinds]

        def is_open(node: int, edge: int) -> bool:
            gates = gates_of(node, edge)
            return not gates or not any(fit(gate) for gate in gates)

        def is_gate(node: int) -> bool:
            return any(node in nodes for nodes in gate_kinds) and fit(node)

        return Rules(is_open, is_gate, verb.last_hop)

    def _gate_kinds(self, verb: MustNotReach) -> tuple[str, ...]:
        return verb.unless_through.kinds if verb.unless_through else ()


@dataclass(frozen=True, slots=True)
class _Pair:
    """A subject and a target with an open walk between them, which is only looked for when it is listed."""

    subject: int
    target: int
    hops: Adjacency
    found: dict[int, int]
    rules: Rules

    def walk(self, world: World) -> OpenWalk:
        steps = walk(world.graph, (self.subject, self.target), self.hops, self.found, self.rules)
        return OpenWalk(self.subject, self.target, tuple(steps))


def _remembered(test: Callable[..., bool | None], others: tuple[int, ...]) -> Callable[[int], bool]:
    known: dict[int, bool] = {}

    def fit(node: int) -> bool:
        if node not in known:
            known[node] = test(node, *others) is True
        return known[node]

    return fit


def _frozen(value: object) -> object:
    """The value, hashable: records are dicts."""
    if isinstance(value, dict):
        return tuple((name, _frozen(inner)) for name, inner in sorted(value.items()))
    return tuple(_frozen(inner) for inner in value) if isinstance(value, tuple) else value


def _never(_node: int) -> bool:
    return False


def _always_open(_node: int, _edge: int) -> bool:
    return True
