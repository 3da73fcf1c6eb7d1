"""Values that flow along links: one linear pass a level, from the greatest level down."""

from collections.abc import Callable, Iterable

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import FlowSpec, Vocabulary

_UNKNOWN = object()
_SAME_PLACE = -1


def derive(graph: Graph, vocabulary: Vocabulary, flow: FlowSpec) -> dict[int, object]:
    """The flow's value for every node of the kinds it is kept on; a node whose value is unknown is not in it."""
    hops = [Adjacency(graph, vocabulary, step) for step in flow.steps]
    if flow.combine == "collect":
        return _collect(graph, flow, hops[0])
    levels = _levels(flow)
    seeds = _seeds(graph, flow)
    visited: list[set[int]] = [set() for _ in hops]
    result: dict[int, object] = {}
    kept = set(graph.nodes(flow.onto))
    for level in levels:
        reached: Iterable[int] = seeds.get(level, ())
        for seen, step in zip(visited, hops, strict=True):
            reached = _spread(reached, seen, step)
        if level is not _UNKNOWN:
            result.update((node, level) for node in reached if node in kept)
    if flow.start is not None:
        last = visited[-1]
        result.update((node, flow.start) for node in kept if node not in last)
    return result


def _levels(flow: FlowSpec) -> list[object]:
    """Values from the one that wins over all down to the one that yields to all, with the place of the unknown among them."""
    known: list[object] = [True] if flow.combine == "any" else list(reversed(flow.choice.words if flow.choice else ()))
    if flow.unknown == "wins":
        return [known[0], _UNKNOWN, *known[1:]]
    return [*known, _UNKNOWN]


def _seeds(graph: Graph, flow: FlowSpec) -> dict[object, list[int]]:
    seeds: dict[object, list[int]] = {}
    for kind, field in flow.seeds.items():
        for node in graph.kinds.get(kind, ()):
            seeds.setdefault(graph.values[node].get(field, _UNKNOWN), []).append(node)
    return seeds


def _spread(start: Iterable[int], seen: set[int], hops: Adjacency) -> list[int]:
    """Every node reached from `start` that no greater level has reached before, the start included."""
    found = [node for node in start if node not in seen]
    seen.update(found)
    for node in found:
        for target, _ in hops.out.get(node, ()):
            if target not in seen:
                seen.add(target)
                found.append(target)
    return found


def _collect(graph: Graph, flow: FlowSpec, hops: Adjacency) -> dict[int, object]:
    """The nodes of one kind that each node reaches, as bit masks pushed backwards until nothing changes."""
    wanted = list(graph.kinds.get(flow.collects or "", ()))
    masks: dict[int, int] = {node: 1 << bit for bit, node in enumerate(wanted)}
    queue = list(wanted)
    waiting = set(queue)
    for node in queue:
        waiting.discard(node)
        mask = masks[node]
        for source, _ in hops.into.get(node, ()):
            before = masks.get(source, 0)
            if mask | before != before:
                masks[source] = mask | before
                if source not in waiting:
                    waiting.add(source)
                    queue.append(source)
    return {node: _members(masks.get(node, 0), wanted) for node in graph.nodes(flow.onto)}


def _members(mask: int, wanted: list[int]) -> tuple[int, ...]:
    members: list[int] = []
    while mask:
        lowest = mask & -mask
        members.append(wanted[lowest.bit_length() - 1])
        mask ^= lowest
    return tuple(members)


def origin(graph: Graph, steps: list[Adjacency], flow: FlowSpec, node: int) -> list[tuple[int, int]] | None:
    """A shortest chain that brings the node its value: (start, edge number) pairs from a seed on; None where there is none."""
    value = graph.values[node].get(flow.name)
    return _back(graph, steps, flow, node, lambda seed: _seed_value(graph, flow, seed) == value)


def silent_seed(graph: Graph, steps: list[Adjacency], flow: FlowSpec, node: int) -> int | None:
    """The nearest component that should give the flow's value and does not declare it; None where none reaches the node."""
    chain = _back(graph, steps, flow, node, lambda seed: _seed_value(graph, flow, seed) is None)
    if chain is None:
        return None
    return chain[0][0] if chain else node


def _seed_value(graph: Graph, flow: FlowSpec, seed: int) -> object:
    return graph.values[seed].get(flow.seeds[graph.reference(seed).kind])


def _back(
    graph: Graph, steps: list[Adjacency], flow: FlowSpec, node: int, accept: Callable[[int], bool]
) -> list[tuple[int, int]] | None:
    """Search backwards from a node through the steps of a flow, the last one first, for the nearest seed that is accepted."""
    start = (node, len(steps) - 1)
    onward: dict[tuple[int, int], tuple[tuple[int, int], int]] = {}
    queue = [start]
    for state in queue:
        current, step = state
        if graph.reference(current).kind in flow.seeds and accept(current):
            return _unwind(onward, state, start)
        sources = [((source, step), number) for source, number in sorted(steps[step].into.get(current, ()))]
        if step:
            sources.append(((current, step - 1), _SAME_PLACE))
        for before, number in sources:
            if before not in onward and before != start:
                onward[before] = (state, number)
                queue.append(before)
    return None


def _unwind(
    onward: dict[tuple[int, int], tuple[tuple[int, int], int]], state: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    chain: list[tuple[int, int]] = []
    while state != end:
        following, number = onward[state]
        if number != _SAME_PLACE:
            chain.append((state[0], number))
        state = following
    return chain
