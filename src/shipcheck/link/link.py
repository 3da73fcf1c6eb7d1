"""Manifests to Graph."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.floors import apply_floor
from shipcheck.graph.flow import derive
from shipcheck.graph.graph import Edge, Graph, first_edges
from shipcheck.link.references import Names, NamesFullError
from shipcheck.model.component import Component, LinkItem, Manifest, Mention, Reference
from shipcheck.model.location import Location
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.rounds import Rounds, holding, rounds_key
from shipcheck.vocabulary.vocabulary import FieldSpec, FloorSpec, KindSpec, LinkSpec, Vocabulary


def link(
    manifests: Sequence[Manifest],
    vocabulary: Vocabulary,
    provided: Sequence[Manifest] = (),
    tolerated: AbstractSet[Location] = frozenset(),
) -> Graph | tuple[Problem, ...]:
    """One graph from all manifests, or every name that is duplicate, dangling, ambiguous or of the wrong kind.

    `provided` are the manifests of packs. Names at the places in `tolerated` may be wrong: these are left out, and a hop with a
    wrong gate has none.
    """
    components = tuple(sorted(_components((*manifests, *provided)), key=_order))
    problems = [*_doubled(components), *_contradicted(manifests)]
    index = {component.reference: number for number, component in enumerate(components)}
    if problems:
        return tuple(problems)
    names = Names(index, components)
    linker = _Linker(vocabulary, names)
    unordered: list[Edge] = []
    try:
        values = tuple(linker.link(number, component, unordered) for number, component in enumerate(components))
    except NamesFullError:
        return tuple(names.problems)
    if any(problem.location not in tolerated for problem in names.problems):
        return tuple(names.problems)
    edges = tuple(sorted(unordered))
    ends = [edge.target for edge in edges]
    first = first_edges(edges, len(components))
    graph = Graph(components, values, index, _ranges(components), edges, _by_link(edges), ends, first)
    _add_flows(graph, vocabulary)
    return graph


def _components(manifests: Iterable[Manifest]) -> Iterable[Component]:
    return (component for manifest in manifests for component in manifest.components)


def _order(component: Component) -> tuple[Reference, str, int]:
    return component.reference, component.source.file.path, component.key.line


def _doubled(components: tuple[Component, ...]) -> list[Problem]:
    problems: list[Problem] = []
    first = components[0] if components else None
    for second in components[1:]:
        if first is None or first.reference != second.reference:
            first = second
            continue
        place = second.source.locate(second.key)
        if len(problems) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} components are declared twice; fix these first"
            return [*problems, Problem(place, "too-many-problems", message)]
        related = ((first.source.locate(first.key), "first declared here"),)
        message = f"{second.reference} is declared twice; keep one, or rename one"
        problems.append(Problem(place, "duplicate-component", message, related))
    return problems


def _contradicted(manifests: Sequence[Manifest]) -> list[Problem]:
    """A repository cannot declare both components and that it has none."""
    declared = next((manifest.components[0] for manifest in manifests if manifest.components), None)
    if declared is None:
        return []
    place = declared.source.locate(declared.key)
    return [
        Problem(
            manifest.source.locate(manifest.absence.place),
            "contradicted-absence",
            f"nothing_to_declare conflicts with {declared.reference}; delete one of them",
            ((place, f"{declared.reference} is declared here"),),
        )
        for manifest in manifests
        if manifest.absence
    ]


def _ranges(components: tuple[Component, ...]) -> dict[str, range]:
    ranges: dict[str, range] = {}
    start = 0
    for end in range(1, len(components) + 1):
        kind = components[start].reference.kind
        if end == len(components) or components[end].reference.kind != kind:
            ranges[kind] = range(start, end)
            start = end
    return ranges


def _by_link(edges: tuple[Edge, ...]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, edge in enumerate(edges):
        numbers.setdefault(edge.link, []).append(number)
    return numbers


def _add_flows(graph: Graph, vocabulary: Vocabulary) -> None:
    """Add the derived values to the given ones, before the graph is used."""
    links = LinkTables(graph, vocabulary)
    for derivation in vocabulary.derivations:
        if isinstance(derivation, FloorSpec):
            apply_floor(links, derivation)
        else:
            for node, value in derive(links, derivation).items():
                graph.values[node][derivation.name] = value


class _Linker:
    """Turns mentions into node numbers, kind by kind."""

    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        self._names = names
        self._kinds = vocabulary.kinds
        self._defaults = {kind.name: _defaults(kind) for kind in vocabulary.kinds.values()}
        self._of_packs = {kind.name: tuple(_defaults_of_packs(kind)) for kind in vocabulary.kinds.values()}
        self._conditional = {
            kind.name: [spec for spec in kind.fields.values() if spec.unknown_if] for kind in vocabulary.kinds.values()
        }
        self._rounds = {kind.name: [spec for spec in kind.fields.values() if spec.rounds] for kind in vocabulary.kinds.values()}
        self._referring = {
            kind.name: [spec for spec in kind.fields.values() if _refers(spec)] for kind in vocabulary.kinds.values()
        }

    def link(self, number: int, component: Component, edges: list[Edge]) -> dict[str, object]:
        """The component's values with defaults added and references resolved; its links are added to `edges`."""
        kind = component.reference.kind
        values = self._defaults[kind] | component.values
        for name, defaults in self._of_packs[kind]:
            if name in values:
                given: Any = component.values.get(name, {})
                values[name] = {key: value for key, value in (defaults | given).items() if value is not None}
        several = [spec for spec in self._rounds[kind] if isinstance(values.get(spec.name), tuple)]
        for spec in self._conditional[kind]:
            if spec.name not in values and values.get(spec.unknown_if) is False:
                values[spec.name] = spec.default
        for spec in self._referring[kind]:
            if spec.name in values:
                values[spec.name] = self._resolved(spec, values[spec.name], component)
        for spec in several:
            _hold(spec, values)
        for name, spec_link in self._kinds[kind].links.items():
            if name in values:
                targets = self._edges(number, spec_link, component, edges)
                values[name] = (targets[0] if targets else None) if spec_link.single else targets
        # Only a name that is tolerated leaves nothing in its place.
        return values if None not in values.values() else {name: value for name, value in values.items() if value is not None}

    def _edges(self, number: int, spec: LinkSpec, component: Component, edges: list[Edge]) -> tuple[int, ...]:
        """The targets of one link field, in order and without repetition; every item adds an edge."""
        items: Any = component.values[spec.name]
        known = self._names.known(spec.to, component)
        targets: list[int] = []
        for position, item in enumerate(items):
            target = known.get(item.target.text)
            if target is None:
                target = self._names.resolve(item.target, spec.to, component)
            gates = self._gates(item, component) if item.through else ()
            if target is not None:
                edges.append(Edge(number, spec.name, target, gates or (), -1 if spec.single else position))
                targets.append(target)
        return tuple(targets) if len(targets) <= 1 else tuple(sorted(set(targets)))

    def _gates(self, item: LinkItem, component: Component) -> tuple[int, ...] | None:
        gates = tuple(self._names.resolve(gate, ("gate",), component) for gate in item.through)
        resolved = tuple(gate for gate in gates if gate is not None)
        return resolved if len(resolved) == len(gates) else None

    def _resolved(self, spec: FieldSpec, value: Any, component: Component) -> object:
        if spec.record and isinstance(value, tuple):
            return tuple(self._record(spec, item, component) for item in value)
        if spec.record:
            return self._record(spec, value, component)
        if spec.many:
            return self._resolved_list(spec, value, component)
        return self._names.resolve(value, spec.to, component)

    def _record(self, spec: FieldSpec, value: dict[str, object], component: Component) -> dict[str, object]:
        resolved = dict(value)
        for inner in self._referring_in(spec):
            if inner.name in value:
                resolved[inner.name] = self._resolved(inner, value[inner.name], component)
        return {name: inner for name, inner in resolved.items() if inner is not None}

    def _referring_in(self, spec: FieldSpec) -> list[FieldSpec]:
        """The fields of a record that are references."""
        name = spec.record.name if spec.record else ""
        if name not in self._referring:
            fields = spec.record.declared.values() if spec.record else ()
            self._referring[name] = [inner for inner in fields if _refers(inner)]
        return self._referring[name]

    def _resolved_list(self, spec: FieldSpec, mentions: Sequence[Mention], component: Component) -> tuple[int, ...]:
        seen: dict[int, Mention] = {}
        for mention in mentions:
            node = self._names.resolve(mention, spec.to, component)
            if node in seen:
                self._names.complain_twin(mention, seen[node], component)
            elif node is not None:
                seen[node] = mention
        return tuple(seen)


def _hold(spec: FieldSpec, values: dict[str, Any]) -> None:
    """Let the latest of several rounds be the value of the field, and keep all of them next to it."""
    if spec.rounds is not None:
        records = values[spec.name]
        rounds = Rounds(records, holding(spec.rounds, records))
        values[spec.name], values[rounds_key(spec.name)] = records[rounds.holding], rounds


def _defaults(kind: KindSpec) -> dict[str, object]:
    return {spec.name: spec.default for spec in kind.fields.values() if spec.absent == "default"}


def _defaults_of_packs(kind: KindSpec) -> Iterator[tuple[str, dict[str, Any]]]:
    """The defaults of the fields of each pack, by the key of the pack."""
    for spec in kind.fields.values():
        if spec.pack:
            yield spec.name, spec.default if isinstance(spec.default, dict) else {}


def _refers(spec: FieldSpec) -> bool:
    if spec.record:
        return any(_refers(inner) for inner in spec.record.declared.values())
    return spec.type == "reference"
