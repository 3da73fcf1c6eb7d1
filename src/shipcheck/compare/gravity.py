"""How severe a weakening is: an error where the base or the head reaches production or may reach it, otherwise a warning."""

from collections.abc import Iterator
from typing import Any

from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.model.policy import Severity
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


class Gravity:
    """The severity of what is weaker in the head than in the base."""

    def __init__(self, base: Graph, head: Graph, vocabulary: Vocabulary) -> None:
        self._before = in_production(base, vocabulary)
        self._after = in_production(head, vocabulary)

    def of(self, pair: Pair) -> Severity:
        """That of a weakening of one component."""
        return _severity(grave=pair.before in self._before or pair.after in self._after)

    def of_gone(self, before: Node) -> Severity:
        """That of a component of the base that is gone."""
        return _severity(grave=before in self._before)

    @property
    def of_rules(self) -> Severity:
        """That of a weakening of the rules, which judge all components."""
        return _severity(grave=bool(self._before or self._after))


def in_production(graph: Graph, vocabulary: Vocabulary) -> frozenset[Node]:
    """What is or may be in production, and what has no stage of its own but is linked with it: teams, plans, portfolios."""
    flow = vocabulary.decisive
    carrying = {*flow.onto, *flow.seeds}
    reached = {node for node in graph.nodes(tuple(carrying)) if graph.values[node].get(flow.name) in {flow.severe, None}}
    linked = {node for start in reached for node in _named(graph, start, vocabulary)}
    for edge in graph.edges:
        if edge.source in reached:
            linked.add(edge.target)
        elif edge.target in reached:
            linked.add(edge.source)
    return frozenset(reached | {node for node in linked if graph.reference(node).kind not in carrying})


def _severity(*, grave: bool) -> Severity:
    return Severity.ERROR if grave else Severity.WARNING


def _named(graph: Graph, node: Node, vocabulary: Vocabulary) -> Iterator[Node]:
    """The components that the fields of a component name."""
    values = graph.values[node]
    for name, spec in vocabulary.kinds[graph.reference(node).kind].fields.items():
        yield from _nodes(spec, values.get(name))


def _nodes(spec: FieldSpec, value: Any) -> Iterator[Node]:
    if value is None:
        return
    for item in value if isinstance(value, tuple) else (value,):
        if spec.record is not None:
            for name, inner in spec.record.fields.items():
                yield from _nodes(inner, item.get(name))
        elif spec.type == "reference":
            yield item
