"""The graph as policies see it: head and base in one, its links by name, and the conditions compiled for it."""

from collections.abc import Iterable, Sequence
from datetime import date

from shipcheck.evaluate.compiled_conditions import CompiledConditions
from shipcheck.evaluate.compiler import Accessors
from shipcheck.evaluate.head_and_base import Joined, alone
from shipcheck.evaluate.meter import Meter, SpentError
from shipcheck.evaluate.operations import Lists
from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.graph import EdgeNumber, Graph, Node
from shipcheck.graph.holds import Facts
from shipcheck.graph.origins import Origins
from shipcheck.model.component import Reference
from shipcheck.model.expression import Selector
from shipcheck.model.limit import WorkLimitError
from shipcheck.model.policy import Policy
from shipcheck.vocabulary.vocabulary import FlowSpec, Vocabulary


class GraphView:
    """One graph on one date, shared by all policies; adjacencies and tables are built on first use.

    With a base, `graph` has its components after those of the head; links are those of the head alone. `guards` are the gates
    in the `guarded_by` of each node that has any.
    """

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date, with_base: Joined | None = None) -> None:
        self._joined = joined = with_base or alone(graph)
        self.graph = joined.graph
        self.vocabulary = vocabulary
        self.has_base = with_base is not None
        self.meter = Meter(len(graph.components) + len(graph.edges))
        self._links = LinkTables(graph, vocabulary)
        self.guards = self._links.guards
        self._naming_gates = tuple(number for number, edge in enumerate(graph.edges) if edge.gates)
        self._gates_on_paths: dict[tuple[tuple[str, ...], tuple[str, ...]], set[Node]] = {}
        self._gates_in_use: tuple[Node, ...] | None = None
        self._adjacencies: dict[tuple[str, ...], Adjacency] = {}
        self._origins: dict[str, Origins] = {}
        self._collecting: dict[tuple[tuple[str, ...], tuple[str, ...]], FlowSpec | None] = {}
        self._inverses: dict[str, dict[Node, tuple[Node, ...]]] = {}
        accessors = Accessors(
            values=joined.graph.values,
            inverse=self.inverse,
            name=lambda node: self.graph.reference(node).name,
            node=lambda reference: self.graph.index.get(Reference(*reference)),
            today=today,
            lists=Lists(self.meter.spend_elements),
            twins=joined.twins,
            heads=joined.heads,
            end=joined.end,
        )
        self.conditions = CompiledConditions(self.graph, accessors)

    def twin(self, node: Node) -> Node | None:
        """The same component in the base, None where it has none."""
        return self._joined.twins.get(node)

    def is_of_base(self, node: Node) -> bool:
        """Whether a node is a component of the base, of which only the values are known and not the links."""
        return node >= self._joined.end

    def removed(self, kinds: tuple[str, ...]) -> tuple[Node, ...]:
        """The components of these kinds that the base has and the head does not."""
        nodes = (node for kind in sorted(kinds) for node in self._joined.base_kinds.get(kind, ()))
        return tuple(node for node in nodes if node not in self._joined.heads)

    def removed_candidates(self, selector: Selector) -> tuple[Node, ...]:
        """Those of them that a selector does not certainly leave out."""
        test = self.conditions.test(selector)
        return tuple(node for node in self.removed(selector.kinds) if test(node) is not False)

    @property
    def facts(self) -> Facts:
        """What the tests of the vocabulary hold for."""
        return Facts(self._links)

    def adjacency(self, along: tuple[str, ...]) -> Adjacency:
        """The hops along the links of these names, which may be inverse names."""
        key = tuple(sorted(set(along)))
        if key not in self._adjacencies:
            self._adjacencies[key] = Adjacency(self._links, key)
        return self._adjacencies[key]

    def origins(self, flow: FlowSpec) -> Origins:
        """Where the values of a flow come from."""
        if flow.name not in self._origins:
            self._origins[flow.name] = Origins(self._links, [self.adjacency(step) for step in flow.steps], flow)
        return self._origins[flow.name]

    def collected(self, nodes: tuple[Node, ...], along: tuple[str, ...], kinds: tuple[str, ...]) -> Sequence[Node] | None:
        """What a single node in `nodes` reaches of `kinds`, where a flow has collected just that; None where none has."""
        key = (along, kinds)
        if key not in self._collecting:
            flows = [flow for flow in self.vocabulary.flows.values() if flow.combine == "collect" and kinds == (flow.collects,)]
            self._collecting[key] = next((flow for flow in flows if set(flow.steps[0]) == set(along)), None)
        flow = self._collecting[key]
        if flow is None or len(nodes) != 1 or self.graph.components[nodes[0]].reference.kind not in flow.onto:
            return None
        reached = self.graph.values[nodes[0]].get(flow.name)
        return reached if isinstance(reached, tuple) else None

    def inverse(self, name: str) -> dict[Node, tuple[Node, ...]]:
        """For each node, those that link to it under an inverse link name, ascending and once each."""
        if name not in self._inverses:
            self._inverses[name] = self._invert(name)
        return self._inverses[name]

    def _invert(self, name: str) -> dict[Node, tuple[Node, ...]]:
        names = self.vocabulary.backward[name]
        linking: dict[Node, list[Node]] = {}
        for link in names:
            for node, sources in self._links.sources(link).items():
                linking.setdefault(node, []).extend(sources)
        for edge in self._joined.base_edges:
            if edge.link in names:
                linking.setdefault(edge.target, []).append(edge.source)
        if self.vocabulary.holds_hops(name):
            naming_gates = [self.graph.edges[number] for number in self._naming_gates]
            for edge in (*naming_gates, *self._joined.base_edges):
                for gate in edge.gates:
                    linking.setdefault(gate, []).append(edge.target)
        return {node: tuple(ends) if len(ends) == 1 else tuple(sorted(set(ends))) for node, ends in linking.items()}

    def gates_of(self, node: Node, edge: EdgeNumber) -> tuple[Node, ...]:
        """The gates that the hop over `edge` into `node` passes: those that it names, then the guards of the node."""
        return self.graph.edges[edge].gates + self.guards.get(node, ())

    def gates_around(self, nodes: Iterable[Node], along: tuple[str, ...], kinds: tuple[str, ...]) -> set[Node]:
        """The gates that hops into some nodes pass along these links, and those of the nodes that are of `kinds`."""
        met: set[Node] = set()
        tables = self.adjacency(along).before
        for node in nodes:
            met.update(self.guards.get(node, ()))
            for hops in tables:
                for _, gates in hops.gated.get(node, ()):
                    met.update(gates)
            if self.graph.reference(node).kind in kinds:
                met.add(node)
        return met

    def gates_on_paths(self, along: tuple[str, ...], kinds: tuple[str, ...]) -> set[Node]:
        """The same for all nodes from which these links lead on."""
        key = (along, kinds)
        if key not in self._gates_on_paths:
            inner = {node for table in self.adjacency(along).after for node in table}
            self._gates_on_paths[key] = self.gates_around(inner, along, kinds)
        return self._gates_on_paths[key]

    @property
    def gates_in_use(self) -> tuple[Node, ...]:
        """Every node that a hop of the head names as a gate, or that guards a node; ascending."""
        if self._gates_in_use is None:
            named = (gate for number in self._naming_gates for gate in self.graph.edges[number].gates)
            guarding = (gate for gates in self.guards.values() for gate in gates)
            self._gates_in_use = tuple(sorted({*named, *guarding}))
        return self._gates_in_use


def work_limit(view: GraphView, policy: Policy, spent: SpentError) -> WorkLimitError:
    """The error that names the policy, and the component at which its work was spent; the first one where it was at none."""
    node = view.meter.at or 0
    return WorkLimitError(f"{policy.name} cannot be judged: at {view.graph.reference(node)}, {spent}", view.graph.place(node))
