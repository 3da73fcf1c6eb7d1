"""`must_reach`: which subjects reach a target, through something, within some hops, or on every path."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.escapes import Escape, EscapeSearch
from shipcheck.graph.graph import Node
from shipcheck.graph.search import OpenHops, distances_to, reached_from
from shipcheck.graph.through import reaching_through
from shipcheck.model.policy import MustReach
from shipcheck.model.traverse import paths_of

# A hop that is shown takes as long as so many that are visited.
_STEPS_A_HOP = 10


@dataclass(frozen=True, slots=True)
class Missed:
    """A subject that fails: `escape` is a path that never reaches a target; None where no path has to reach one but none does.

    With `is_cut` there is such a path, and it was not searched for.
    """

    subject: Node
    escape: Escape | None
    is_cut: bool = False


class ReachSearch:
    """Evaluates `must_reach` over one graph."""

    def __init__(self, view: GraphView) -> None:
        self._view = view

    def failing(self, subjects: tuple[Node, ...], verb: MustReach, explained: int) -> tuple[frozenset[Node], list[Missed]]:
        """The subjects that do not reach a target that certainly matches; the first `explained` of them with how they miss it.

        Raises:
            SpentError: the policy has no work left.
        """
        if verb.every_way:
            searches = dict(self._escaping(subjects, verb))
            missed = [self._missed(node, searches[node], number < explained) for number, node in enumerate(sorted(searches))]
            return frozenset(searches), missed
        reaching = self._reaching(subjects, verb)
        failed = [node for node in subjects if node not in reaching]
        return frozenset(failed), [Missed(node, None) for node in sorted(failed)]

    def _missed(self, node: Node, search: EscapeSearch, is_explained: bool) -> Missed:  # noqa: FBT001 - one of two kinds
        """How a subject escapes, where that is to be explained and there is time to find it."""
        meter = self._view.meter
        if not is_explained or not meter.can_explain(_STEPS_A_HOP * search.length(node)):
            return Missed(node, None, is_cut=True)
        before = search.cost
        escape = search.shortest(node)
        meter.can_explain(search.cost - before)
        return Missed(node, escape)

    def _escaping(self, subjects: tuple[Node, ...], verb: MustReach) -> Iterator[tuple[Node, EscapeSearch]]:
        """The subjects with a path that never reaches a target, each with the search that knows it."""
        adjacency = self._view.adjacency(verb.along)
        if not paths_of(verb.target.where, "from"):
            shared = EscapeSearch(self._targets(verb), adjacency)
            yield from ((node, shared) for node in subjects if shared.has_escape(node))
            return
        for node in subjects:
            self._view.meter.at = node
            own = EscapeSearch(self._targets_of(node, verb), adjacency)
            if own.has_escape(node):
                yield node, own

    def _targets(self, verb: MustReach) -> list[Node]:
        test = self._view.conditions.test(verb.target)
        return [node for node in self._view.graph.nodes(verb.target.kinds) if test(node)]

    def _reaching(self, subjects: tuple[Node, ...], verb: MustReach) -> set[Node]:
        """The subjects that reach a target, and other nodes that do."""
        if paths_of(verb.target.where, "from"):
            return {node for node in subjects if self._reaches_its_own(node, verb)}
        if verb.through is not None:
            return reaching_through(self._targets(verb), self.passed(verb), verb.within)
        return set(distances_to(self._targets(verb), OpenHops(self._view.adjacency(verb.along)), verb.within).lengths)

    def _reaches_its_own(self, subject: Node, verb: MustReach) -> bool:
        """Whether a subject reaches a target where the target selector reads values of the subject."""
        targets = self._targets_of(subject, verb)
        if verb.through is not None:
            return subject in reaching_through(targets, self.passed(verb), verb.within)
        if not targets or verb.within is None:
            return bool(targets)
        open_hops = OpenHops(self._view.adjacency(verb.along))
        return distances_to(targets, open_hops, verb.within).distance(subject) is not None

    def _targets_of(self, subject: Node, verb: MustReach) -> list[Node]:
        """The targets in reach of a subject whose values the target selector reads."""
        test = self._view.conditions.test(verb.target, ("it", "from"))
        reached = reached_from((subject,), self._view.adjacency(verb.along))
        self._view.meter.spend_steps(len(reached))
        return [node for node in reached if test(node, subject)]

    def passed(self, verb: MustReach) -> OpenHops:
        """The hops, with the certain matches of `through` in the place of qualifying gates; none without a `through`."""
        through = verb.through
        matches: frozenset[Node] = frozenset()
        if through is not None:
            test = self._view.conditions.test(through)
            matches = frozenset(node for node in self._view.graph.nodes(through.kinds) if test(node))
        return OpenHops(self._view.adjacency(verb.along), matches)
