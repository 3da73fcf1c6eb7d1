"""Links of the base that are gone, or pass fewer gates, and what has taken the place of a gate or an audit sink."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from shipcheck.compare.weaker import Declared, direction_of, nodes_of
from shipcheck.graph.graph import EdgeNumber, Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.vocabulary.vocabulary import FieldSpec, FlowSpec, LinkSpec

# Of more new components than these, none is taken for what has replaced another.
_MOST_COMPARED = 50


def lost_links(pair: Pair, link: LinkSpec, declared: Declared) -> list[EdgeNumber]:
    """The links of the base that matter and are gone from a pair, or whose hop passes fewer gates than before.

    A gate or an audit sink is not missed where one at least as strict has taken its place.
    """
    base = declared.base
    numbers = [number for number in base.numbers_from(pair.before) if base.edges[number].link == link.name]
    if link.hops:
        gates = _Sides(declared, declared.base_hops.into(pair.before), declared.head_hops.into(pair.after))
        return [number for number in numbers if gates.misses(base.edges[number].target)]
    before = frozenset(edge.target for edge in base.edges_from(pair.before))
    after = frozenset(edge.target for edge in declared.head.edges_from(pair.after) if edge.link == link.name)
    targets = _Sides(declared, before, after)
    return [number for number in numbers if _is_lost(base.edges[number].target, pair, targets)]


class _Sides:
    """Components that something leads to or passes in the base, and in the head."""

    def __init__(self, declared: Declared, before: frozenset[Node], after: frozenset[Node]) -> None:
        self.declared = declared
        self.before = before
        self.after = after

    def misses(self, target: Node) -> bool:
        """Whether neither a component of the base nor another one that is at least as strict is among those of the head."""
        declared = self.declared
        if not self.after.isdisjoint(declared.became(target)):
            return False
        kind = declared.vocabulary.kinds[declared.base.reference(target).kind]
        return not (kind.is_control and len(self._new) <= _MOST_COMPARED and _is_replaced(declared, target, self._new))

    @cached_property
    def _new(self) -> list[Node]:
        """Those of the head that none of the base was."""
        return sorted(self.after.difference(*(self.declared.became(node) for node in self.before)))


def _is_lost(target: Node, pair: Pair, targets: _Sides) -> bool:
    declared = targets.declared
    became = declared.became(target)
    linked = [node for node in became if node in targets.after]
    if not linked:
        return _matters(target, became, declared) and targets.misses(target)
    before = declared.base_hops.between(pair.before, target)
    hops = (_Sides(declared, before, declared.head_hops.between(pair.after, node)) for node in linked)
    return any(passed.misses(gate) for passed in hops for gate in before)


def _matters(target: Node, became: tuple[Node, ...], declared: Declared) -> bool:
    """Whether losing a link to a component hides something that is judged.

    A component that only another one links now is not lost. One that is gone is judged by itself if its kind is.
    """
    base, head, flow = declared.base, declared.head, declared.vocabulary.decisive
    kind = declared.vocabulary.kinds[base.reference(target).kind]
    if kind.gone == "none" or kind.is_harmless(base.values[target]):
        return False
    if not became:
        return kind.gone == "links" or kind.is_control
    if kind.name in flow.judged:
        return any(_level(flow, head, node) < _level(flow, base, target) for node in became)
    return True


def _level(flow: FlowSpec, graph: Graph, node: Node) -> int:
    words = flow.choice.words if flow.choice else ()
    value = graph.values[node].get(flow.name)
    return words.index(str(value)) if value in words else -1


def _is_replaced(declared: Declared, old: Node, others: Iterable[Node]) -> bool:
    """Whether one of the head's components `others` is at least as strict as one of the base."""
    kind = declared.base.reference(old).kind
    return any(declared.head.reference(other).kind == kind and _is_as_strict(declared, old, other) for other in others)


def _is_as_strict(declared: Declared, old: Node, new: Node) -> bool:
    kind = declared.vocabulary.kinds[declared.base.reference(old).kind]
    before, after = declared.base.values[old], declared.head.values[new]
    fields = all(_keeps(declared, spec, before.get(name), after.get(name)) for name, spec in kind.declared.items())
    return fields and all(_keeps_people(declared, before.get(name), after.get(name)) for name in kind.links)


def _keeps(declared: Declared, spec: FieldSpec, old: Any, new: Any) -> bool:
    if old is None and new is None and spec.absent == "none":
        return True
    if spec.record is not None and not spec.many:
        fields, before, after = spec.record.declared.values(), old or {}, new or {}
        return all(_keeps(declared, inner, before.get(inner.name), after.get(inner.name)) for inner in fields)
    if spec.record is not None:
        return not old or (bool(new) and all(record.get("symbol_found") is True for record in new))
    if spec.type == "reference":
        known = bool(nodes_of(new)) or not nodes_of(old)
        return spec.weaker == "none" or (known and _keeps_people(declared, new, old, backwards=True))
    if spec.weaker != "none" and new is None:
        # What is not known of both is not known to be as strict.
        return spec.absent == "none"
    return direction_of(spec, *declared.comparable(spec, old, new)) != "weaker"


def _keeps_people(declared: Declared, some: Any, more: Any, *, backwards: bool = False) -> bool:
    """Whether everything that the base names the head names too, or `backwards` the other way round."""
    base, head = (nodes_of(more), nodes_of(some)) if backwards else (nodes_of(some), nodes_of(more))
    became = [set(declared.became(node)) for node in base]
    if backwards:
        return all(any(node in nodes for nodes in became) for node in head)
    return all(not nodes.isdisjoint(head) for nodes in became)
