"""Searches that many ask, held against one plain search for each: the same paths, counts and neighbours."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.escapes import EscapeSearch
from shipcheck.graph.forward import PathsFrom
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.nearest import nearest
from shipcheck.graph.pair_counts import PairCounter
from shipcheck.graph.search import OpenHops, distances_to

FORWARD = ("calls", "delegates_to", "starts")
BACKWARD = ("called_by", "delegated_by", "started_by")
SEEDS = range(12)


def crowd(seed: int) -> Graph:
    """A few agents, actions and gates, with links at random."""
    random = Random(seed)  # noqa: S311 - a world, not a secret
    agents, actions, gates = (random.randrange(2, most) for most in (9, 7, 4))

    def some(letter: str, most: int, *, gated: bool = False) -> str:
        names = [f"{letter}{random.randrange(most)}" for _ in range(random.randrange(4))]
        hops = [
            f"{{to: {name}, through: [g{random.randrange(gates)}]}}" if gated and random.random() < 0.3 else name
            for name in names
        ]
        return f"[{', '.join(dict.fromkeys(hops))}]"

    lines = ["shipcheck: 1", "agents:"]
    lines += [
        f"  a{number}: {{calls: {some('x', actions, gated=True)}, delegates_to: {some('a', agents, gated=True)}}}"
        for number in range(agents)
    ]
    lines += ["actions:"]
    lines += [f"  x{number}: {{starts: {some('a', agents)}, guarded_by: {some('g', gates)}}}" for number in range(actions)]
    lines += ["gates:", *(f"  g{number}: {{}}" for number in range(gates))]
    return graph_of("\n".join(lines) + "\n")


def searches(seed: int, along: tuple[str, ...] = FORWARD) -> Iterator[tuple[Graph, OpenHops, int | None]]:
    """One graph with the hops that are open under several choices of qualifying nodes, and of the greatest length."""
    graph = crowd(seed)
    adjacency = Adjacency(LinkTables(graph, vocabulary()), along)
    gates = graph.kinds["gate"]
    # Agents stand for components that paths lead through and that qualify themselves.
    qualifying = [frozenset(), frozenset(gates[:1]), frozenset({*gates[:1], graph.kinds["agent"][0]})]
    for nodes, last_only, within in product(qualifying, (False, True), (None, 1, 2, 4)):
        yield graph, OpenHops(adjacency, frozenset(nodes), last_only=last_only), within


@pytest.mark.parametrize("along", [FORWARD, BACKWARD])
@pytest.mark.parametrize("seed", SEEDS)
def test_one_search_forwards_finds_the_paths_of_one_search_for_each_target(seed: int, along: tuple[str, ...]) -> None:
    for graph, open_hops, within in searches(seed, along):
        targets = tuple(graph.nodes(("action", "agent")))[1::2]
        joint = distances_to(targets, open_hops, within)
        single = {target: distances_to((target,), open_hops, within) for target in targets}
        for start in graph.nodes(("action", "agent")):
            found = PathsFrom(start, joint, within)
            expected = {target: one.shortest_path(start) for target, one in single.items() if one.distance(start) is not None}
            assert {target: found.path(target) for target in found.targets} == expected
            assert {target: found.length(target) for target in found.targets} == {
                key: len(path) for key, path in expected.items()
            }
            assert {target: found.ends(target) for target in found.targets} == {
                key: (path[0], path[-1]) for key, path in expected.items()
            }
            assert all(single[target].ends(start) == (path[0], path[-1]) for target, path in expected.items())


@pytest.mark.parametrize("along", [FORWARD, BACKWARD])
@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_counted_as_searching_for_each_would(
    seed: int, along: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Few bits at once, so that the targets are counted in several parts.
    monkeypatch.setattr("shipcheck.graph.pair_counts._MOST_BITS", 30)
    for graph, open_hops, within in searches(seed, along):
        targets = tuple(graph.nodes(("action", "agent")))[::2]
        starts = tuple(graph.nodes(("action", "agent")))[::3]
        joint = distances_to(targets, open_hops, within)
        failing = [node for node in starts if joint.distance(node) is not None]
        single = [distances_to((target,), open_hops, within) for target in targets]
        pairs = sum(one.distance(start) is not None for one in single for start in failing)
        assert PairCounter(joint, within).count(failing, targets) == pairs


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_that_stays_inside_what_its_starts_reach_finds_the_same(seed: int) -> None:
    for graph, open_hops, within in searches(seed):
        start = next(iter(graph.nodes(("agent",))))
        reached = {
            start,
            *PathsFrom(start, distances_to(graph.nodes(("action", "agent")), OpenHops(open_hops.adjacency))).targets,
        }
        targets = tuple(graph.nodes(("action",)))
        everywhere, inside = (distances_to(targets, open_hops, within, nodes) for nodes in (None, reached))
        assert everywhere.distance(start) == inside.distance(start)
        assert everywhere.shortest_path(start) == inside.shortest_path(start)


def breadth_first(start: Node, wanted: set[Node], adjacency: Adjacency, most: int) -> list[Node]:
    """The first of the wanted nodes that a breadth-first search finds."""
    found: dict[Node, None] = {}
    queue = [start]
    for node in queue:
        for target, _ in sorted(adjacency.onward(node)):
            if target not in found:
                found[target] = None
                queue.append(target)
    return [node for node in found if node in wanted][:most]


@pytest.mark.parametrize("along", [FORWARD, BACKWARD])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_nearest_are_those_that_a_search_from_each_node_finds(seed: int, along: tuple[str, ...]) -> None:
    graph = crowd(seed)
    adjacency = Adjacency(LinkTables(graph, vocabulary()), along)
    for kinds, most in product((("action",), ("agent",), ("action", "agent")), (1, 2, 3)):
        wanted = set(graph.nodes(kinds))
        near = nearest(wanted, adjacency, most)
        for node in range(len(graph.components)):
            assert near.get(node, []) == breadth_first(node, wanted, adjacency, most)


def all_paths(start: Node, targets: set[Node], adjacency: Adjacency, most: int) -> Iterator[list[tuple[Node, int]]]:
    """Every path that avoids targets, as pairs of node and edge, of at most so many hops; the shortest and first ones first."""
    paths: list[list[tuple[Node, int]]] = [[]]
    for _ in range(most + 1):
        yield from paths
        paths = [
            [*path, (target, edge)]
            for path in paths
            for target, edge in sorted(adjacency.onward(path[-1][0] if path else start))
            if target not in targets
        ][:3000]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_escape_is_the_first_of_the_shortest(seed: int) -> None:
    graph = crowd(seed)
    adjacency = Adjacency(LinkTables(graph, vocabulary()), FORWARD)
    targets = set(list(graph.nodes(("action",)))[::2])
    search = EscapeSearch(targets, adjacency)
    starts = [node for node in graph.nodes(("agent",)) if search.has_escape(node)]

    def stays(node: Node) -> bool:
        reached = breadth_first(node, set(range(len(graph.components))), adjacency, len(graph.components))
        return all(node in breadth_first(other, {node}, adjacency, 1) for other in reached) and not targets & {node, *reached}

    for start in starts:
        escape = search.shortest(start)
        first = next(path for path in all_paths(start, targets, adjacency, 4) if stays(path[-1][0] if path else start))
        assert [(target, edge) for _, edge, target in escape.hops] == first
        assert search.length(start) == len(first)
