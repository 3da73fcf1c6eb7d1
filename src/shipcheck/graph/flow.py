"""Values that flow along links, such as the stage of a use case down to all that it uses."""

from collections.abc import Iterable, Iterator
from typing import Any

from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.holds import Facts
from shipcheck.graph.strongly_connected import strongly_connected
from shipcheck.model.limit import WorkLimitError
from shipcheck.vocabulary.vocabulary import FlowSpec

MOST_COLLECTED = 5_000_000
_UNKNOWN = object()
_FEW = 16


def derive(links: LinkTables, flow: FlowSpec) -> dict[Node, object]:
    """The flow's value for every node of the kinds in `flow.onto`; a node whose value is unknown is left out.

    Each level spreads in one breadth-first pass, the one that wins over all others first; a node keeps the first level that
    reaches it, so the time is linear in nodes and hops.

    Raises:
        WorkLimitError: a flow that collects components collects more than `MOST_COLLECTED` in total.
    """
    graph = links.graph
    adjacencies = [Adjacency(links, step) for step in flow.steps]
    if flow.combine == "collect":
        return _collect(graph, flow, adjacencies[0])
    seeds = _seeds(links, flow)
    visited: list[set[Node]] = [set() for _ in adjacencies]
    result: dict[Node, object] = {}
    kept = set(graph.nodes(flow.onto))
    for level in _levels(flow):
        reached: Iterable[Node] = seeds.get(level, ())
        for seen, adjacency in zip(visited, adjacencies, strict=True):
            reached = _spread(reached, seen, adjacency)
        if level is not _UNKNOWN:
            result.update((node, level) for node in reached if node in kept)
    if flow.start is not None:
        last = visited[-1]
        result.update((node, flow.start) for node in kept if node not in last)
    return result


def _levels(flow: FlowSpec) -> list[object]:
    """Values from the one that wins over all down to the one that yields to all; `_UNKNOWN` is the level of undeclared seeds."""
    known: list[object] = [True] if flow.combine == "any" else list(reversed(flow.choice.words if flow.choice else ()))
    if flow.unknown == "wins":
        return [known[0], _UNKNOWN, *known[1:]]
    return [*known, _UNKNOWN]


def _seeds(links: LinkTables, flow: FlowSpec) -> dict[object, list[Node]]:
    seeds: dict[object, list[Node]] = {}
    for node, value in given(links, flow):
        seeds.setdefault(_UNKNOWN if value is None else value, []).append(node)
    return seeds


def given(links: LinkTables, flow: FlowSpec) -> Iterator[tuple[Node, object]]:
    """Every component that gives the flow a value, with the value that flows on; None for an unknown one."""
    graph = links.graph
    for kind, field in sorted(flow.seeds.items()):
        for node in graph.kinds.get(kind, ()):
            value: Any = graph.values[node].get(field)
            yield node, flow.counts_as.get(value, value)
    for arising in flow.arising:
        facts = Facts(links)
        for node in graph.kinds.get(arising.kind, ()):
            if facts.hold(node, (), arising.when):
                yield node, graph.values[node].get(arising.field) if arising.field else arising.gives


def _spread(start: Iterable[Node], seen: set[Node], adjacency: Adjacency) -> list[Node]:
    """Every node reached from `start`, itself included, that no greater level has reached before; `seen` takes them in."""
    reached = [node for node in start if node not in seen]
    seen.update(reached)
    for node in reached:
        for target, _ in adjacency.out.get(node, ()):
            if target not in seen:
                seen.add(target)
                reached.append(target)
    return reached


def _collect(graph: Graph, flow: FlowSpec, adjacency: Adjacency) -> dict[Node, object]:
    """The nodes of one kind that each node reaches: bit masks, computed once for each strongly connected set."""
    wanted = graph.kinds.get(flow.collects or "", range(0))
    kept = tuple(graph.nodes(flow.onto))
    masks: dict[Node, int] = {}
    for group in strongly_connected(kept, lambda node: [target for target, _ in adjacency.out.get(node, ())]):
        mask = 0
        for node in group:
            if node in wanted:
                mask |= 1 << (node - wanted.start)
            for target, _ in adjacency.out.get(node, ()):
                mask |= masks.get(target, 0)
        masks.update(dict.fromkeys(group, mask))
    # Nodes that reach the same share one list.
    distinct = {masks[node]: node for node in kept}
    total = sum(mask.bit_count() for mask in distinct)
    if total > MOST_COLLECTED:
        largest = max(distinct.items(), key=lambda item: item[0].bit_count())[1]
        raise WorkLimitError(
            f"too many pairs of {' or '.join(flow.onto)} and reachable {flow.collects}: {total:,}, and the limit is "
            f"{MOST_COLLECTED:,}; {graph.reference(largest)} reaches the most; link fewer components to each other, or split the "
            "repository",
            graph.place(largest),
        )
    members = {mask: _members(mask, wanted) for mask in distinct}
    return {node: members[masks[node]] for node in kept}


def _members(mask: int, wanted: range) -> tuple[Node, ...]:
    """The nodes whose bits are set: bit by bit where they are few, else in one pass over all digits."""
    if mask.bit_count() * _FEW < mask.bit_length():
        members = []
        while mask:
            highest = mask.bit_length() - 1
            members.append(wanted[highest])
            mask ^= 1 << highest
        return tuple(reversed(members))
    return tuple(wanted[bit] for bit, digit in enumerate(reversed(f"{mask:b}")) if digit == "1")
