"""Values that flow along links: one linear pass a level, from the greatest level down."""

from collections.abc import Callable, Iterable, Iterator

from shipcheck.errors import CannotJudgeError
from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import FlowSpec, Vocabulary

MOST_COLLECTED = 1_000_000
_UNKNOWN = object()
_SAME_PLACE = -1
_FEW = 16


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
    """The nodes of one kind that each node reaches: bit masks, made once for each group that walks lead around in."""
    wanted = graph.kinds.get(flow.collects or "", range(0))
    kept = tuple(graph.nodes(flow.onto))
    masks: dict[int, int] = {}
    for group in _groups(kept, hops):
        mask = 0
        for node in group:
            if node in wanted:
                mask |= 1 << (node - wanted.start)
            for target, _ in hops.out.get(node, ()):
                mask |= masks.get(target, 0)
        masks.update(dict.fromkeys(group, mask))
    total = sum(masks[node].bit_count() for node in kept)
    if total > MOST_COLLECTED:
        names = f"every {' and '.join(flow.onto)} with every {flow.collects} that it can reach"
        raise CannotJudgeError(f"{names} makes {total:,} pairs, and {MOST_COLLECTED:,} are the limit; check the parts one by one")
    members = {mask: _members(mask, wanted) for mask in {masks[node] for node in kept}}
    return {node: members[masks[node]] for node in kept}


def _members(mask: int, wanted: range) -> tuple[int, ...]:
    """The nodes whose bits are set: bit by bit where they are few, else in one pass over all digits."""
    if mask.bit_count() * _FEW < mask.bit_length():
        members = []
        while mask:
            highest = mask.bit_length() - 1
            members.append(wanted[highest])
            mask ^= 1 << highest
        return tuple(reversed(members))
    return tuple(wanted[bit] for bit, digit in enumerate(reversed(f"{mask:b}")) if digit == "1")


def _groups(starts: Iterable[int], hops: Adjacency) -> Iterator[list[int]]:
    """Every node in reach, in strongly connected groups, each after all that it leads to (Tarjan 1972, without recursion)."""
    found: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_nodes: list[int] = []
    for start in starts:
        path = [(start, iter(hops.out.get(start, ())))] if start not in found else []
        while path:
            node, rest = path[-1]
            if node not in found:
                found[node] = lowest[node] = len(found)
                open_nodes.append(node)
            following = next((target for target, _ in rest if target not in found or target in lowest), None)
            if following is None:
                path.pop()
                if lowest[node] == found[node]:
                    yield _close(node, open_nodes, lowest)
                else:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
            elif following in found:
                lowest[node] = min(lowest[node], found[following])
            else:
                path.append((following, iter(hops.out.get(following, ()))))


def _close(first: int, open_nodes: list[int], lowest: dict[int, int]) -> list[int]:
    """The group that the search entered at `first`: whatever has been opened since."""
    group = [open_nodes.pop()]
    while group[-1] != first:
        group.append(open_nodes.pop())
    for node in group:
        del lowest[node]
    return group


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
