"""Which gates fit: asked once for each set of values that the gate's selector reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shipcheck.evaluate.world import World
from shipcheck.model.expression import Path, Selector
from shipcheck.model.policy import MustNotReach
from shipcheck.model.traverse import paths_of

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
    """Fit gates over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wordings: dict[int, tuple[MustNotReach, Wording]] = {}
        self._selectors: dict[Selector | None, int] = {}
        self._fits: dict[Key, Fits] = {}
        self._shutting: dict[tuple[Key, tuple[str, ...]], frozenset[int]] = {}
        self._fitting: dict[Key, frozenset[int]] = {}
        named = (gate for number in world.gated for gate in world.graph.edges[number].gates)
        self._used = tuple(sorted({*named, *(gate for gates in world.guards.values() for gate in gates)}))

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

    def shutting(self, verb: MustNotReach, subject: int, target: int) -> frozenset[int]:
        """The gates in use that fit between a subject and a target, and what else fits that a walk can lead through."""
        if verb.unless_through is None:
            return frozenset()
        key = (self.key(verb, subject, target), verb.along)
        if key not in self._shutting:
            self._world.meter.walk(len(self._used))
            bound = {"from": subject, "to": target}
            fixed = {name: bound[name] for name in self.wording(verb).gate_names}
            nodes = (*self._used, *self._on_the_way(verb))
            self._shutting[key] = frozenset(self._world.matching(verb.unless_through, nodes, certainly=True, **fixed))
        return self._shutting[key]

    def _on_the_way(self, verb: MustNotReach) -> Iterator[int]:
        """Components of the gates' kinds that walks could lead through: those of kinds that have the links in question."""
        kinds = verb.unless_through.kinds if verb.unless_through else ()
        vocabulary = self._world.vocabulary
        return self._world.graph.nodes(
            tuple(kind for kind in kinds if any(vocabulary.targets(kind, name) for name in verb.along))
        )

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
