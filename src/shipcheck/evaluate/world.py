"""The graph as expressions see it, with every compiled function and adjacency made once and shared."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from shipcheck.evaluate.compiler import Accessors, CompilePart, Emitter, Function
from shipcheck.evaluate.head_and_base import alone, join
from shipcheck.evaluate.meter import Meter
from shipcheck.evaluate.operations import Lists
from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.graph import Graph
from shipcheck.graph.origins import Origins
from shipcheck.model.component import Reference
from shipcheck.model.expression import Alternative, Expression, Selector
from shipcheck.vocabulary.vocabulary import FlowSpec, Vocabulary

Test = Callable[..., bool | None]


class World(CompilePart):
    """One graph, one date, and what was compiled for them; with a base, its components follow those of the head."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date, base: Graph | None = None) -> None:
        self._joined = alone(graph) if base is None else join(graph, base, vocabulary)
        self.graph = self._joined.graph
        self.vocabulary = vocabulary
        self.has_base = base is not None
        self.meter = Meter(len(graph.components) + len(graph.edges))
        self.gated = tuple(number for number, edge in enumerate(graph.edges) if edge.gates)
        self._links = LinkTables(graph, vocabulary)
        self.guards = self._links.guards
        self._functions: dict[tuple[Expression, tuple[str, ...]], Function] = {}
        self._quick: dict[tuple[int, tuple[str, ...]], tuple[Expression, Function]] = {}
        self._selections: dict[tuple[object, ...], Function] = {}
        self._parts: dict[int, tuple[Expression | None, tuple[Expression, ...]]] = {}
        self._tests: dict[tuple[Alternative, ...], Test] = {}
        self._matches: dict[Selector, tuple[int, ...]] = {}
        self._adjacencies: dict[tuple[str, ...], Adjacency] = {}
        self._origins: dict[str, Origins] = {}
        self._collecting: dict[tuple[tuple[str, ...], tuple[str, ...]], FlowSpec | None] = {}
        self._inverses: dict[str, dict[int, tuple[int, ...]]] = {}
        joined = self._joined
        self._accessors = Accessors(
            self.graph.values,
            self.inverse,
            lambda node: self.graph.reference(node).name,
            self._node,
            today,
            Lists(self.meter.look),
            joined.twins,
            joined.heads,
            joined.end,
        )

    def _node(self, reference: tuple[str, str, str]) -> int | None:
        return self.graph.index.get(Reference(*reference))

    def collected(self, nodes: tuple[int, ...], along: tuple[str, ...], kinds: tuple[str, ...]) -> Sequence[int] | None:
        """What one component reaches along these links, where a flow has collected just that; None where none has."""
        key = (along, kinds)
        if key not in self._collecting:
            flows = [flow for flow in self.vocabulary.flows.values() if flow.combine == "collect" and kinds == (flow.collects,)]
            self._collecting[key] = next((flow for flow in flows if set(flow.steps[0]) == set(along)), None)
        flow = self._collecting[key]
        if flow is None or len(nodes) != 1 or self.graph.components[nodes[0]].reference.kind not in flow.onto:
            return None
        found = self.graph.values[nodes[0]].get(flow.name)
        return found if isinstance(found, tuple) else None

    def twin(self, node: int) -> int | None:
        """The same component in the base."""
        return self._joined.twins.get(node)

    def removed(self, selector: Selector) -> tuple[int, ...]:
        """The components of the base that the head no longer has and that a selector does not certainly leave out."""
        test = self.selector(selector)
        return tuple(node for node in self.gone(selector.kinds) if test(node) is not False)

    def gone(self, kinds: tuple[str, ...]) -> tuple[int, ...]:
        """The components of these kinds that the base has and the head no longer has."""
        nodes = (node for kind in sorted(kinds) for node in self._joined.base_kinds.get(kind, ()))
        return tuple(node for node in nodes if node not in self._joined.heads)

    def expression(self, expression: Expression, names: tuple[str, ...]) -> Function:
        """The compiled function of an expression, with one argument for each name."""
        quick = (id(expression), names)
        found = self._quick.get(quick)
        if found is None:
            key = (expression, names)
            if key not in self._functions:
                self._functions[key] = Emitter(self._accessors, names, self).function(expression)
            # Equal trees share a function; hashing a tree takes as long as evaluating it, so each is looked up only once. The
            # tree is kept with the function, so that its id is never another's.
            found = self._quick[quick] = (expression, self._functions[key])
        return found[1]

    def chosen(
        self, expression: Expression, names: tuple[str, ...], nodes: Iterable[int], *keep: bool | None, **fixed: int
    ) -> list[int]:
        """The components for which a condition comes out as one of `keep`; names that are not fixed mean the component."""
        key = (expression, names, tuple(fixed), keep)
        if key not in self._selections:
            emitter = Emitter(self._accessors, (*names, *fixed), self)
            self._selections[key] = emitter.selection(expression, tuple(fixed), keep=keep)
        found: list[int] = self._selections[key](nodes, *fixed.values())
        return found

    def matching(self, selector: Selector, nodes: Sequence[int], *, certainly: bool, **fixed: int) -> list[int]:
        """Those of some components that match a selector, certainly or not certainly not, where other names are fixed."""
        wide = self._wide(selector)
        if certainly:
            found = [node for node in nodes if wide(node)]
            return found if selector.where is None else self.chosen(selector.where, ("it",), found, True, **fixed)  # noqa: FBT003
        found = [node for node in nodes if wide(node) is not False]
        return found if selector.where is None else self.chosen(selector.where, ("it",), found, True, None, **fixed)  # noqa: FBT003

    def parts(self, expression: Expression | None) -> tuple[Expression, ...]:
        """The expression and everything that it is made of."""
        if id(expression) not in self._parts:
            self._parts[id(expression)] = (expression, tuple(expression.walk()) if expression else ())
        return self._parts[id(expression)][1]

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
        """The test against the alternatives of a selector, before it is narrowed; each component is asked only once."""
        test = self._tests.get(selector.alternatives)
        if test is None:
            test = self._tests[selector.alternatives] = _remembered(self._alternatives(selector))
        return test

    def _alternatives(self, selector: Selector) -> Test:
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
            where = selector.where if plain else None
            if where is not None:  # nodes of the right kinds need no further test where the selector names kinds alone
                found = tuple(self.chosen(where, ("it",), nodes, True, None))  # noqa: FBT003 - the values that keep a component
            elif plain:
                found = tuple(nodes)
            else:
                test = self.selector(selector)
                found = tuple(node for node in nodes if test(node) is not False)
            self._matches[selector] = found
        return found

    def hops(self, along: tuple[str, ...]) -> Adjacency:
        """The hops along these links."""
        key = tuple(sorted(set(along)))
        if key not in self._adjacencies:
            self._adjacencies[key] = Adjacency(self._links, key)
        return self._adjacencies[key]

    def origins(self, flow: FlowSpec) -> Origins:
        """Where the values of a flow come from."""
        if flow.name not in self._origins:
            self._origins[flow.name] = Origins(self._links.graph, [self.hops(step) for step in flow.steps], flow)
        return self._origins[flow.name]

    def inverse(self, name: str) -> dict[int, tuple[int, ...]]:
        """For each component, those that link to it under this inverse name, in order and once each."""
        if name not in self._inverses:
            self._inverses[name] = self._invert(name)
        return self._inverses[name]

    def _invert(self, name: str) -> dict[int, tuple[int, ...]]:
        names = self.vocabulary.backward[name]
        found: dict[int, list[int]] = {}
        for link in names:
            for node, sources in self._links.sources(link).items():
                found.setdefault(node, []).extend(sources)
        for edge in self._joined.base_edges:
            if edge.link in names:
                found.setdefault(edge.target, []).append(edge.source)
        if self.vocabulary.holds_hops(name):
            gated = [self.graph.edges[number] for number in self.gated]
            for edge in (*gated, *self._joined.base_edges):
                for gate in edge.gates:
                    found.setdefault(gate, []).append(edge.target)
        return {node: tuple(ends) if len(ends) == 1 else tuple(sorted(set(ends))) for node, ends in found.items()}

    def gates_of(self, node: int, edge: int) -> tuple[int, ...]:
        """The gates that the hop into `node` over an edge passes: those it names, then the node's guards."""
        return self.graph.edges[edge].gates + self.guards.get(node, ())


def _remembered(test: Test) -> Test:
    known: dict[int, bool | None] = {}

    def remembered(node: int) -> bool | None:
        if node not in known:
            known[node] = test(node)
        return known[node]

    return remembered
