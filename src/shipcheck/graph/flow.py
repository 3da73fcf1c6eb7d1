"""Values that flow along links: one linear pass a level, from the greatest level down."""

from collections.abc import Iterable

from shipcheck.errors import CannotJudgeError
from shipcheck.graph.adjacency import Adjacency, Links
from shipcheck.graph.graph import Graph
from shipcheck.graph.groups import groups
from shipcheck.vocabulary.vocabulary import FlowSpec

MOST_COLLECTED = 1_000_000
_UNKNOWN = object()
_FEW = 16


def derive(links: Links, flow: FlowSpec) -> dict[int, object]:
    """The flow's value for every node of the kinds it is kept on; a node whose value is unknown is not in it."""
    graph = links.graph
    hops = [Adjacency(links, step) for step in flow.steps]
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
    for group in groups(kept, lambda node: [target for target, _ in hops.out.get(node, ())]):
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
