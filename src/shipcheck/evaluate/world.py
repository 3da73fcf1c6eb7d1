"""The graph as expressions see it, with every compiled function and adjacency made once and shared."""

from collections.abc import Callable
from datetime import date

from shipcheck.evaluate.code import Accessors, CompilePart, Emitter, Function
from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph
from shipcheck.model.component import Reference
from shipcheck.model.expression import Expression, Selector
from shipcheck.vocabulary.types import Vocabulary

Test = Callable[..., bool | None]


class World(CompilePart):
    """One graph, one date, and what was compiled for them."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date) -> None:
        self.graph = graph
        self.vocabulary = vocabulary
        self.guards = _guards(graph)
        self._functions: dict[tuple[Expression, tuple[str, ...]], Function] = {}
        self._matches: dict[Selector, tuple[int, ...]] = {}
        self._adjacencies: dict[tuple[str, ...], Adjacency] = {}
        self._inverses: dict[str, dict[int, tuple[int, ...]]] = {}
        self._accessors = Accessors(graph.values, self.inverse, lambda node: graph.reference(node).name, self._node, today)

    def _node(self, reference: tuple[str, str, str]) -> int | None:
        return self.graph.index.get(Reference(*reference))

    def expression(self, expression: Expression, names: tuple[str, ...]) -> Function:
        """The compiled function of an expression, with one argument for each name."""
        key = (expression, names)
        function = self._functions.get(key)
        if function is None:
            function = Emitter(self._accessors, names, self).function(expression)
            self._functions[key] = function
        return function

    def selector(self, selector: Selector, names: tuple[str, ...] = ("it",)) -> Test:
        """A test for components, the first argument, against a selector; the other arguments are the other names it uses."""
        narrow = self.expression(selector.where, names) if selector.where else None
        wide = self._wide(selector)
        if narrow is None:
            return wide if len(names) == 1 else lambda node, *_: wide(node)

        def test(node: int, *others: int) -> bool | None:
            result = wide(node)
            if result is False:
                return False
            narrowed: bool | None = narrow(node, *others)
            return narrowed if result or narrowed is False else None

        return test

    def _wide(self, selector: Selector) -> Test:
        """The test against the alternatives of a selector, before it is narrowed."""
        components = self.graph.components
        alternatives = [
            (frozenset(item.kinds), self.expression(item.where, ("it",)) if item.where else None)
            for item in selector.alternatives
        ]
        kinds, where = alternatives[0]
        if len(alternatives) == 1 and where is None:
            return lambda node: components[node].reference.kind in kinds

        def test(node: int) -> bool | None:
            kind = components[node].reference.kind
            result: bool | None = False
            for some_kinds, condition in alternatives:
                value = False if kind not in some_kinds else (True if condition is None else condition(node))
                if value:
                    return True
                if value is None:
                    result = None
            return result

        return test

    def candidates(self, selector: Selector) -> tuple[int, ...]:
        """The components that a selector of subjects or targets takes in: all but those it certainly does not match."""
        found = self._matches.get(selector)
        if found is None:
            nodes = self.graph.nodes(selector.kinds)
            plain = len(selector.alternatives) == 1 and selector.alternatives[0].where is None
            # Nodes of the right kinds need no further test where the selector names kinds alone.
            test = self.expression(selector.where, ("it",)) if plain and selector.where else self.selector(selector)
            everything = plain and selector.where is None
            found = tuple(nodes) if everything else tuple(node for node in nodes if test(node) is not False)
            self._matches[selector] = found
        return found

    def hops(self, along: tuple[str, ...]) -> Adjacency:
        """The hops along these links."""
        key = tuple(sorted(set(along)))
        if key not in self._adjacencies:
            self._adjacencies[key] = Adjacency(self.graph, self.vocabulary, key)
        return self._adjacencies[key]

    def inverse(self, name: str) -> dict[int, tuple[int, ...]]:
        """For each component, those that link to it under this inverse name, in order and once each."""
        if name not in self._inverses:
            self._inverses[name] = self._invert(name)
        return self._inverses[name]

    def _invert(self, name: str) -> dict[int, tuple[int, ...]]:
        found: dict[int, set[int]] = {}
        for link in self.vocabulary.backward[name]:
            for number in self.graph.by_link.get(link, ()):
                edge = self.graph.edges[number]
                found.setdefault(edge.target, set()).add(edge.source)
        if self.vocabulary.holds_hops(name):
            for edge in self.graph.edges:
                for gate in edge.gates:
                    found.setdefault(gate, set()).add(edge.target)
        return {node: tuple(sorted(sources)) for node, sources in found.items()}

    def gates_of(self, node: int, edge: int) -> tuple[int, ...]:
        """The gates that the hop into `node` over an edge passes: those it names, then the node's guards."""
        return self.graph.edges[edge].gates + self.guards.get(node, ())


def _guards(graph: Graph) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for number in graph.by_link.get("guarded_by", ()):
        edge = graph.edges[number]
        found.setdefault(edge.source, []).append(edge.target)
    return {node: tuple(dict.fromkeys(gates)) for node, gates in found.items()}
