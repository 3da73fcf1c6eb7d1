"""Where a value that flows along links comes from: one forward search from all seeds of a value, shared by all that ask."""

from typing import NamedTuple, TypeAlias

from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.flow import given
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.vocabulary.vocabulary import FlowSpec

ChainHop: TypeAlias = tuple[Node, EdgeNumber]
"""A hop of a chain: where it starts, and its edge."""
_State: TypeAlias = tuple[Node, int]
"""A node, and the index of the flow's step whose links led to it."""
_SAME_PLACE = -1


class _Arrival(NamedTuple):
    """How a state was reached: the state before and the edge taken, None for a seed; the seed, and how many hops away it is.

    The edge is `_SAME_PLACE` where the flow only moves on to its next step.
    """

    before: tuple[_State, EdgeNumber] | None
    seed: Node
    hops: int


class Origins:
    """The nearest seeds of one flow in the graph of `links`; `steps` are the adjacencies of its steps, in order."""

    def __init__(self, links: LinkTables, steps: list[Adjacency], flow: FlowSpec) -> None:
        self._graph = links.graph
        self._given = tuple(given(links, flow))
        self._steps = steps
        self._flow = flow
        self._searched: dict[object, dict[_State, _Arrival]] = {}

    def distance(self, node: Node) -> int | None:
        """How many hops the chain has that brings `node` its value, 0 for a seed; None where there is no chain."""
        arrival = self._arrivals(self._graph.values[node].get(self._flow.name)).get(self._end(node))
        return arrival.hops if arrival else None

    def seed(self, node: Node) -> Node | None:
        """The nearest component that brings `node` its value; None where there is none."""
        arrival = self._arrivals(self._graph.values[node].get(self._flow.name)).get(self._end(node))
        return arrival.seed if arrival else None

    def chain(self, node: Node) -> list[ChainHop]:
        """A shortest chain that brings `node` its value, from a seed on; empty where `node` is the seed or there is no chain."""
        arrivals = self._arrivals(self._graph.values[node].get(self._flow.name))
        state = self._end(node)
        chain: list[ChainHop] = []
        while state in arrivals and (before := arrivals[state].before) is not None:
            state, number = before
            if number != _SAME_PLACE:
                chain.append((state[0], number))
        return chain[::-1]

    def undeclared_seed(self, node: Node) -> Node | None:
        """The nearest component that could give `node` the flow's value and does not declare it; None where none reaches it."""
        arrival = self._arrivals(None).get(self._end(node))
        return arrival.seed if arrival else None

    def _end(self, node: Node) -> _State:
        return node, len(self._steps) - 1

    def _arrivals(self, value: object) -> dict[_State, _Arrival]:
        if value not in self._searched:
            self._searched[value] = self._search(value)
        return self._searched[value]

    def _search(self, value: object) -> dict[_State, _Arrival]:
        """How each state in reach of a seed with this value is reached, breadth first."""
        seeds = [node for node, gives in self._given if gives == value]
        arrivals = {(node, 0): _Arrival(None, node, 0) for node in seeds}
        queue = list(arrivals)
        for state in queue:
            node, step = state
            _, seed, length = arrivals[state]
            hops = [((target, step), number) for target, number in self._steps[step].out.get(node, ())]
            if step + 1 < len(self._steps):
                hops.append(((node, step + 1), _SAME_PLACE))
            for following, number in hops:
                if following not in arrivals:
                    arrivals[following] = _Arrival((state, number), seed, length + (number != _SAME_PLACE))
                    queue.append(following)
        return arrivals
