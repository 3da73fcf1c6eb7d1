"""Values of base and head made comparable, and whether a change of one weakens what is governed."""

from collections.abc import Iterable
from typing import Any

from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Code, Pair
from shipcheck.model.change import Direction
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary

_UNDECLARED = "not declared"


class Hops:
    """The gates of every hop of a graph; built once, because one component can have very many links."""

    def __init__(self, graph: Graph, guarding: frozenset[str]) -> None:
        guards: dict[Node, set[Node]] = {}
        passed: dict[tuple[Node, Node], frozenset[Node]] = {}
        for source, link, target, through, _ in graph.edges:
            if link in guarding:
                guards.setdefault(source, set()).add(target)
            else:
                named = frozenset(through)
                passed[source, target] = passed.get((source, target), named) & named
        self._guards = {node: frozenset(nodes) for node, nodes in guards.items()}
        self._passed = passed
        self._into: dict[Node, frozenset[Node]] = {}
        for (_, target), gates in passed.items():
            self._into[target] = self._into.get(target, gates) & gates

    def between(self, source: Node, target: Node) -> frozenset[Node]:
        """The gates that every hop from one component to another passes, those that guard the target among them."""
        return self._guards.get(target, frozenset()) | self._passed.get((source, target), frozenset())

    def into(self, node: Node) -> frozenset[Node]:
        """The gates that every hop into a component passes; those that guard it where no hop leads to it."""
        return self._guards.get(node, frozenset()) | self._into.get(node, frozenset())


class Declared:
    """What base and head declare, with every component of the base under the names that it has in the head."""

    def __init__(self, base: Graph, head: Graph, found: Iterable[Pair], vocabulary: Vocabulary) -> None:
        self.base = base
        self.head = head
        self.vocabulary = vocabulary
        self._names: dict[Node, list[str]] = {}
        self._after: dict[Node, list[Node]] = {}
        for pair in found:
            self._names.setdefault(pair.before, []).append(str(head.reference(pair.after)))
            self._after.setdefault(pair.before, []).append(pair.after)
        guarding = frozenset(link.name for kind in vocabulary.kinds.values() for link in kind.links.values() if link.hops)
        self.base_hops = Hops(base, guarding)
        self.head_hops = Hops(head, guarding)

    def name(self, node: Node, others: frozenset[str]) -> str:
        """A component of the base, by the name in `others` that it has in the head, or else by its own."""
        return next((name for name in self._names.get(node, ()) if name in others), str(self.base.reference(node)))

    def became(self, node: Node) -> tuple[Node, ...]:
        """What a component of the base is in the head."""
        return tuple(self._after.get(node, ()))

    def comparable(self, spec: FieldSpec, old: Any, new: Any) -> tuple[Any, Any]:
        """The values of one field, without order where it has none, and with references by name."""
        if spec.type == "reference":
            nodes, others = nodes_of(new), frozenset(str(self.head.reference(node)) for node in nodes_of(new))
            return (
                None if old is None else tuple(sorted(self.name(node, others) for node in nodes_of(old))),
                None if new is None else tuple(sorted(str(self.head.reference(node)) for node in nodes)),
            )
        if spec.many and spec.choice:
            return tuple(None if value is None else tuple(sorted(value)) for value in (old, new))  # type: ignore[return-value]
        return old, new

    def links(self, pair: Pair, link: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """The targets of one link before and after, with the gates of each hop; None where nothing is declared."""
        after = [(self.head.reference(edge.target), edge.gates) for edge in self.head.edges_from(pair.after) if edge.link == link]
        others = frozenset(str(reference) for reference, _ in after) | frozenset(
            str(self.head.reference(gate)) for _, gates in after for gate in gates
        )
        before = [edge for edge in self.base.edges_from(pair.before) if edge.link == link]
        old = sorted(_hop(self.name(edge.target, others), [self.name(gate, others) for gate in edge.gates]) for edge in before)
        new = sorted(_hop(str(reference), [str(self.head.reference(gate)) for gate in gates]) for reference, gates in after)
        return _declared(self.base, pair.before, link, old), _declared(self.head, pair.after, link, new)


def direction_of(spec: FieldSpec, old: Any, new: Any) -> Direction:
    """Whether a changed value is weaker or stricter; neither where its field has no direction, or in both at once."""
    if spec.weaker in {"none", "people"}:
        return "weaker" if new is None and spec.weaker == "people" else ""
    if spec.absent == "none" and None in {old, new}:
        # Without a value there is no limit at all, so nothing is left out.
        return "stricter" if new is None else "weaker"
    if is_weaker(spec, old, new):
        return "weaker"
    return "stricter" if is_weaker(spec, new, old) else ""


def is_weaker(spec: FieldSpec, old: Any, new: Any) -> bool:
    """Whether a changed value is weaker, by the direction of its field; an undeclared value is the weakest."""
    if old is None or new is None:
        return new is None and old is not None
    if spec.weaker in {"fewer", "more"}:
        less, more = (set(old), set(new)) if spec.weaker == "fewer" else (set(new), set(old))
        return not less <= more
    if spec.weaker == "other":
        return bool(old != new)
    before, after = _rank(spec, old), _rank(spec, new)
    return bool(after < before if spec.weaker == "lower" else after > before)


def is_riskier(spec: FieldSpec, old: Any, new: Any) -> bool:
    """Whether a changed value says that its component does more harm than the base said."""
    if not spec.riskier or new is None or old is None:
        return False
    if spec.riskier == "more":
        return not set(new) <= set(old)
    before, after = _rank(spec, old), _rank(spec, new)
    return bool(after > before if spec.riskier == "higher" else after < before)


def _rank(spec: FieldSpec, value: Any) -> Any:
    return spec.choice.words.index(value) if spec.choice else value


def nodes_of(value: Any) -> tuple[Node, ...]:
    """The components that the value of a reference field or a link names, one or many; none where it is not declared."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple) else (value,)


def _hop(target: str, gates: list[str]) -> str:
    return f"{target} through {', '.join(gates)}" if gates else target


def _declared(graph: Graph, node: Node, link: str, texts: list[str]) -> tuple[str, ...] | None:
    return tuple(texts) if link in graph.values[node] else None


def code_texts(codes: Iterable[Code]) -> tuple[str, ...] | None:
    """Pieces of code as texts, None for none."""
    return tuple(sorted(":".join(filter(None, code)) for code in codes)) or None


def shown(value: Any) -> str:
    """A value as a report prints it."""
    if value is None:
        return _UNDECLARED
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {shown(inner)}' for name, inner in value.items())}}}"
    return str(value)
