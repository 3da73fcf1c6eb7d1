"""How many pairs of a start and a target open paths join, counted without searching for each of them."""

from collections.abc import Sequence

from shipcheck.graph.graph import Node
from shipcheck.graph.search import Distances, OpenHops
from shipcheck.graph.strongly_connected import strongly_connected

# Bits that are held at once: 32 MiB.
_MOST_BITS = 1 << 28


class PairCounter:
    """Counts by bit masks, one bit a target, over the nodes of `distances` that lead to targets in at most `within` hops."""

    def __init__(self, distances: Distances, within: int | None) -> None:
        self._distances = distances
        self._open_hops: OpenHops = distances.open_hops
        nodes = len(distances.lengths)
        # No shortest path has more hops than that, so that no path is too long.
        self._within = within if within is not None and within <= nodes else None
        self._onward: dict[Node, list[Node]] = {}

    def passes(self, targets: int) -> int:
        """How often all hops are visited for so many targets."""
        rounds = (targets * (1 + len(self._distances.lengths))) // _MOST_BITS + 1
        return rounds * (self._within or 1)

    def count(self, starts: Sequence[Node], targets: Sequence[Node]) -> int:
        """How many pairs of one of `starts` and one of `targets` an open path joins."""
        slice_size = max(1, _MOST_BITS // (1 + len(self._distances.lengths)))
        parts = (targets[first : first + slice_size] for first in range(0, len(targets), slice_size))
        return sum(self._count(starts, {target: 1 << bit for bit, target in enumerate(part)}) for part in parts)

    def _count(self, starts: Sequence[Node], bits: dict[Node, int]) -> int:
        ends = {node: self._ends(node, bits) for node in {*self._distances.lengths, *starts}}
        masks = self._all_masks(starts, ends) if self._within is None else self._near_masks(ends, self._within)
        return sum((ends[node] | masks.get(node, 0)).bit_count() for node in starts)

    def _ends(self, node: Node, bits: dict[Node, int]) -> int:
        """The targets to which one hop from a node leads, if a path starts there."""
        mask = 0
        for target, _ in self._open_hops.onward(node, last=True):
            mask |= bits.get(target, 0)
        return mask

    def _inner_ends(self, node: Node, ends: dict[Node, int]) -> int:
        """The same, if a path comes through the node."""
        open_hops = self._open_hops
        return 0 if open_hops.last_only and node in open_hops.qualifying else ends[node]

    def _nodes_after(self, node: Node) -> list[Node]:
        """The nodes one hop on from which paths lead on to targets."""
        if node not in self._onward:
            lengths = self._distances.lengths
            self._onward[node] = [target for target, _ in self._open_hops.onward(node, last=False) if target in lengths]
        return self._onward[node]

    def _all_masks(self, starts: Sequence[Node], ends: dict[Node, int]) -> dict[Node, int]:
        """What each node reaches through others, however far: the same for all nodes of a strongly connected set."""
        masks: dict[Node, int] = {}
        for group in strongly_connected(starts, self._nodes_after):
            mask = 0
            for node in group:
                mask |= self._inner_ends(node, ends)
                for target in self._nodes_after(node):
                    mask |= masks.get(target, 0)
            masks.update(dict.fromkeys(group, mask))
        return masks

    def _near_masks(self, ends: dict[Node, int], within: int) -> dict[Node, int]:
        """What each node reaches in at most `within` hops."""
        inner = {node: self._inner_ends(node, ends) for node in ends}
        masks = dict.fromkeys(ends, 0)
        for _ in range(within - 1):
            masks = {node: self._joined(node, inner, masks) for node in ends}
        return masks

    def _joined(self, node: Node, inner: dict[Node, int], masks: dict[Node, int]) -> int:
        mask = 0
        for target in self._nodes_after(node):
            mask |= inner[target] | masks[target]
        return mask
