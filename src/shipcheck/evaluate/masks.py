"""Which gates fit, and what they stop: asked once for each set of values that the gate's selector reads."""

from collections.abc import Callable
from dataclasses import dataclass

from shipcheck.evaluate.parts import paths_of
from shipcheck.evaluate.world import World
from shipcheck.graph.search import OPEN, Mask
from shipcheck.model.expression import Path, Selector
from shipcheck.model.policy import MustNotReach

Key = tuple[int, tuple[object, ...]]
Fits = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Wording:
    """Which values of the subject and of the target the selectors of a verb read; equal gate selectors have the same number."""

    gate: int
    target_from: tuple[Path, ...]
    gate_from: tuple[Path, ...]
    gate_to: tuple[Path, ...]

    @property
    def gate_names(self) -> tuple[str, ...]:
        """The names that the gate selector uses besides its own `it`."""
        return tuple(name for name, used in (("from", self.gate_from), ("to", self.gate_to)) if used)


class Masks:
    """Fit gates and what they stop, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wordings: dict[int, tuple[MustNotReach, Wording]] = {}
        self._selectors: dict[Selector | None, int] = {}
        self._fits: dict[Key, Fits] = {}
        self._masks: dict[tuple[Key, tuple[str, ...]], Mask] = {}
        self._fitting: dict[Key, frozenset[int]] = {}
        self._hops, self._guarded = _by_gate(world)

    def wording(self, verb: MustNotReach) -> Wording:
        """What the selectors of a verb read."""
        if id(verb) not in self._wordings:
            gate = verb.unless_through.where if verb.unless_through else None
            number = self._selectors.setdefault(verb.unless_through, len(self._selectors))
            read = paths_of(verb.target.where, "from"), paths_of(gate, "from"), paths_of(gate, "to")
            self._wordings[id(verb)] = (verb, Wording(number, *read))
        return self._wordings[id(verb)][1]

    def key(self, verb: MustNotReach, subject: int, target: int) -> Key:
        """What decides which gates fit between a subject and a target."""
        wording = self.wording(verb)
        bound = {"from": subject, "to": target}
        paths = (*wording.gate_from, *wording.gate_to)
        return wording.gate, tuple(self._value(path, bound[path.start]) for path in paths)

    def _value(self, path: Path, node: int) -> object:
        return frozen(self._world.expression(path, (path.start,))(node))

    def fit(self, verb: MustNotReach, subject: int, target: int) -> Fits:
        """Whether a component certainly matches `unless_through` for this subject and target."""
        selector = verb.unless_through
        if selector is None:
            return _never
        key = self.key(verb, subject, target)
        if key not in self._fits:
            names = self.wording(verb).gate_names
            bound = {"from": subject, "to": target}
            test = self._world.selector(selector, ("it", *names))
            self._fits[key] = _remembered(test, tuple(bound[name] for name in names))
        return self._fits[key]

    def mask(self, verb: MustNotReach, subject: int, target: int) -> Mask:
        """What the gates that fit between a subject and a target stop."""
        if verb.unless_through is None:
            return OPEN
        key = (self.key(verb, subject, target), verb.along)
        if key not in self._masks:
            self._masks[key] = self._mask(verb, self.fit(verb, subject, target))
        return self._masks[key]

    def _mask(self, verb: MustNotReach, fits: Fits) -> Mask:
        used = self._hops.keys() | self._guarded.keys()
        self._world.meter.walk(len(used))
        fitting = [gate for gate in used if fits(gate)]
        shut = frozenset(edge for gate in fitting for edge in self._hops.get(gate, ()))
        guarded = frozenset(node for gate in fitting for node in self._guarded.get(gate, ()))
        return Mask(shut, guarded, self._gates_on_the_way(verb, fits))

    def _gates_on_the_way(self, verb: MustNotReach, fits: Fits) -> frozenset[int]:
        """Fit gates that a walk could lead through: those of kinds that have the links in question."""
        kinds = verb.unless_through.kinds if verb.unless_through else ()
        vocabulary = self._world.vocabulary
        walked = tuple(kind for kind in kinds if any(vocabulary.targets(kind, name) for name in verb.along))
        return frozenset(node for node in self._world.graph.nodes(walked) if fits(node))

    def fitting(self, verb: MustNotReach, subject: int, target: int) -> frozenset[int] | None:
        """Every component that fits between a subject and a target; None where that takes longer than a fix is worth."""
        key = self.key(verb, subject, target)
        if key not in self._fitting:
            kinds = verb.unless_through.kinds if verb.unless_through else ()
            nodes = tuple(self._world.graph.nodes(kinds))
            if not self._world.meter.try_gates(len(nodes)):
                return None
            fits = self.fit(verb, subject, target)
            self._fitting[key] = frozenset(node for node in nodes if fits(node))
        return self._fitting[key]


def _by_gate(world: World) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """For each gate that is used: the hops that name it, and the components that it guards."""
    hops: dict[int, list[int]] = {}
    for number in world.gated:
        for gate in world.graph.edges[number].gates:
            hops.setdefault(gate, []).append(number)
    guarded: dict[int, list[int]] = {}
    for node, gates in world.guards.items():
        for gate in gates:
            guarded.setdefault(gate, []).append(node)
    return hops, guarded


def _remembered(test: Callable[..., bool | None], others: tuple[int, ...]) -> Fits:
    known: dict[int, bool] = {}

    def fit(node: int) -> bool:
        if node not in known:
            known[node] = test(node, *others) is True
        return known[node]

    return fit


def frozen(value: object) -> object:
    """The value, hashable: records are dicts."""
    if isinstance(value, dict):
        return tuple((name, frozen(inner)) for name, inner in sorted(value.items()))
    return tuple(frozen(inner) for inner in value) if isinstance(value, tuple) else value


def _never(_node: int) -> bool:
    return False
