"""Where a value that flows along links comes from: one forward search from all seeds of a value, shared by all who ask."""

from shipcheck.graph.adjacency import Adjacency
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import FlowSpec

Hop = tuple[int, int]  # the hop's start and its edge
_State = tuple[int, int]  # a node, and the step of the flow whose links led to it
_SAME_PLACE = -1


class Origins:
    """The nearest seeds of one flow."""

    def __init__(self, graph: Graph, steps: list[Adjacency], flow: FlowSpec) -> None:
        self._graph = graph
        self._steps = steps
        self._flow = flow
        self._searched: dict[object, dict[_State, tuple[_State, int] | None]] = {}

    def chain(self, node: int) -> list[Hop] | None:
        """A shortest chain that brings the node its value, from a seed on; None where there is none."""
        return self._chain(node, self._graph.values[node].get(self._flow.name))

    def silent_seed(self, node: int) -> int | None:
        """The nearest component that should give the flow's value and does not declare it; None where none reaches the node."""
        chain = self._chain(node, None)
        if chain is None:
            return None
        return chain[0][0] if chain else node

    def _chain(self, node: int, value: object) -> list[Hop] | None:
        if value not in self._searched:
            self._searched[value] = self._search(value)
        came_from = self._searched[value]
        state: _State = (node, len(self._steps) - 1)
        if state not in came_from:
            return None
        chain: list[Hop] = []
        while (before := came_from[state]) is not None:
            state, number = before
            if number != _SAME_PLACE:
                chain.append((state[0], number))
        return chain[::-1]

    def _search(self, value: object) -> dict[_State, tuple[_State, int] | None]:
        """For every state in reach of a seed with this value: the state before it and the edge taken; None for a seed."""
        seeds = [
            node
            for kind, field in sorted(self._flow.seeds.items())
            for node in self._graph.kinds.get(kind, ())
            if self._graph.values[node].get(field) == value
        ]
        came_from: dict[_State, tuple[_State, int] | None] = {(node, 0): None for node in seeds}
        queue = list(came_from)
        for state in queue:
            node, step = state
            hops = [((target, step), number) for target, number in self._steps[step].out.get(node, ())]
            if step + 1 < len(self._steps):
                hops.append(((node, step + 1), _SAME_PLACE))
            for following, number in hops:
                if following not in came_from:
                    came_from[following] = (state, number)
                    queue.append(following)
        return came_from
