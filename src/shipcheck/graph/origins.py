"""Where a value that flows along links comes from: one forward search from all seeds of a value, shared by all who ask."""

from typing import NamedTuple

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.vocabulary import FlowSpec

Hop = tuple[int, int]  # the hop's start and its edge
_State = tuple[int, int]  # a node, and the step of the flow whose links led to it
_SAME_PLACE = -1


class _Came(NamedTuple):
    """How a state was come to: the state before and the edge taken, None for a seed; the seed, and how many hops away it is."""

    before: tuple[_State, int] | None
    seed: int
    hops: int


class Origins:
    """The nearest seeds of one flow."""

    def __init__(self, graph: Graph, steps: list[Adjacency], flow: FlowSpec) -> None:
        self._graph = graph
        self._steps = steps
        self._flow = flow
        self._searched: dict[object, dict[_State, _Came]] = {}

    def distance(self, node: int) -> int | None:
        """How many hops the chain that brings the node its value has; None where there is none."""
        came = self._came(self._graph.values[node].get(self._flow.name)).get(self._end(node))
        return came.hops if came else None

    def chain(self, node: int) -> list[Hop]:
        """A shortest chain that brings the node its value, from a seed on; empty where there is none, or where it is the seed."""
        came_from = self._came(self._graph.values[node].get(self._flow.name))
        state = self._end(node)
        chain: list[Hop] = []
        while state in came_from and (before := came_from[state].before) is not None:
            state, number = before
            if number != _SAME_PLACE:
                chain.append((state[0], number))
        return chain[::-1]

    def silent_seed(self, node: int) -> int | None:
        """The nearest component that should give the flow's value and does not declare it; None where none reaches the node."""
        came = self._came(None).get(self._end(node))
        return came.seed if came else None

    def _end(self, node: int) -> _State:
        return node, len(self._steps) - 1

    def _came(self, value: object) -> dict[_State, _Came]:
        if value not in self._searched:
            self._searched[value] = self._search(value)
        return self._searched[value]

    def _search(self, value: object) -> dict[_State, _Came]:
        """How every state in reach of a seed with this value is come to."""
        seeds = [
            node
            for kind, field in sorted(self._flow.seeds.items())
            for node in self._graph.kinds.get(kind, ())
            if self._graph.values[node].get(field) == value
        ]
        came_from = {(node, 0): _Came(None, node, 0) for node in seeds}
        queue = list(came_from)
        for state in queue:
            node, step = state
            _, seed, length = came_from[state]
            hops = [((target, step), number) for target, number in self._steps[step].out.get(node, ())]
            if step + 1 < len(self._steps):
                hops.append(((node, step + 1), _SAME_PLACE))
            for following, number in hops:
                if following not in came_from:
                    came_from[following] = _Came((state, number), seed, length + (number != _SAME_PLACE))
                    queue.append(following)
        return came_from
