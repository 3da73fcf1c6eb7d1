"""Which gates qualify between a subject and a target: computed once for each set of values that the gate selector reads."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Path, Selector
from shipcheck.model.traverse import paths_of

GateKey: TypeAlias = tuple[object, ...]
"""The values that a gate selector reads of a subject and a target; the same gates qualify for all pairs with equal keys."""
Qualifies: TypeAlias = Callable[[Node], bool]


class GateMatcher:
    """Matches components against the `unless_through` of policies, `selector`; without one, none qualifies.

    `reads_from` and `reads_to` are the field paths that the selector reads of the subject and of the target.
    """

    def __init__(self, view: GraphView, selector: Selector | None) -> None:
        self._view = view
        self.selector = selector
        where = selector.where if selector else None
        self.reads_from: tuple[Path, ...] = paths_of(where, "from")
        self.reads_to: tuple[Path, ...] = paths_of(where, "to")
        self._names = tuple(name for name, paths in (("from", self.reads_from), ("to", self.reads_to)) if paths)
        self._tests: dict[GateKey, Qualifies] = {}
        self._closing: dict[tuple[GateKey, tuple[str, ...]], frozenset[Node]] = {}
        self._qualifying: dict[GateKey, frozenset[Node]] = {}

    def key(self, subject: Node, target: Node) -> GateKey:
        """What decides which gates qualify between a subject and a target."""
        bound = {"from": subject, "to": target}
        function = self._view.conditions.function
        return tuple(hashable(function(path, (path.start,))(bound[path.start])) for path in (*self.reads_from, *self.reads_to))

    def qualifies(self, subject: Node, target: Node) -> Qualifies:
        """A test of components: whether one certainly matches for this subject and target."""
        if self.selector is None:
            return _never
        key = self.key(subject, target)
        if key not in self._tests:
            test = self._view.conditions.test(self.selector, ("it", *self._names))
            self._tests[key] = _remembered(test, tuple(self._bound(subject, target).values()))
        return self._tests[key]

    def _bound(self, subject: Node, target: Node) -> dict[str, Node]:
        bound = {"from": subject, "to": target}
        return {name: bound[name] for name in self._names}

    def closing(self, along: tuple[str, ...], subject: Node, target: Node) -> frozenset[Node]:
        """The gates in use that qualify between a subject and a target, and other matches that paths can lead through.

        Those paths follow the links of `along`.

        Raises:
            SpentError: the policy has no work left.
        """
        if self.selector is None:
            return frozenset()
        key = (self.key(subject, target), along)
        if key not in self._closing:
            in_use = self._view.gates_in_use
            self._closing[key] = self.matching((*in_use, *self._on_paths(along)), subject, target)
        return self._closing[key]

    def matching(self, gates: tuple[Node, ...], subject: Node, target: Node) -> frozenset[Node]:
        """Those of `gates` that qualify between a subject and a target.

        Raises:
            SpentError: the policy has no work left.
        """
        self._view.meter.spend_steps(1 + len(gates))
        if self.selector is None or not gates:
            return frozenset()
        bound = self._bound(subject, target)
        return frozenset(self._view.conditions.matching(self.selector, gates, certainly=True, **bound))

    def _on_paths(self, along: tuple[str, ...]) -> Iterator[Node]:
        """Components of the gates' kinds that paths could lead through: those of kinds that have one of the links."""
        kinds = self.selector.kinds if self.selector else ()
        vocabulary = self._view.vocabulary
        return self._view.graph.nodes(tuple(kind for kind in kinds if any(vocabulary.targets(kind, name) for name in along)))

    def qualifying(self, subject: Node, target: Node) -> frozenset[Node] | None:
        """Every component that qualifies between a subject and a target; None where that takes longer than a fix is worth."""
        key = self.key(subject, target)
        if key not in self._qualifying:
            nodes = tuple(self._view.graph.nodes(self.selector.kinds if self.selector else ()))
            if not self._view.meter.can_try(len(nodes)):
                return None
            qualifies = self.qualifies(subject, target)
            self._qualifying[key] = frozenset(node for node in nodes if qualifies(node))
        return self._qualifying[key]


def _remembered(test: Callable[..., bool | None], others: tuple[Node, ...]) -> Qualifies:
    known: dict[Node, bool] = {}

    def qualifies(node: Node) -> bool:
        if node not in known:
            known[node] = test(node, *others) is True
        return known[node]

    return qualifies


def hashable(value: object) -> object:
    """The value, hashable: records are dicts."""
    if isinstance(value, dict):
        return tuple((name, hashable(inner)) for name, inner in sorted(value.items()))
    return tuple(hashable(inner) for inner in value) if isinstance(value, tuple) else value


def _never(_node: Node) -> bool:
    return False
