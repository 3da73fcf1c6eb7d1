"""The rules of all detectors, by what they select."""

from collections.abc import Iterable, Iterator

from shipcheck.discover.match_callable import CallableIndex
from shipcheck.discover.rule import Detector


class Rules:
    """The rules of all detectors, by selector and callable."""

    def __init__(self, detectors: Iterable[Detector]) -> None:
        self.detectors = tuple(detectors)
        self.detector_of: dict[int, Detector] = {id(rule): each for each in self.detectors for rule in each.rules}
        pairs = [(one, rule) for each in self.detectors for rule in each.rules for one in rule.callables]
        self.calls = CallableIndex([pair for pair in pairs if pair[1].selector == "call" and not pair[1].effect])
        self.decorators = CallableIndex([pair for pair in pairs if pair[1].selector == "decorator"])
        self.bases = CallableIndex([pair for pair in pairs if pair[1].selector == "extends"])
        self.method_bases = CallableIndex([pair for pair in pairs if pair[1].selector == "methods_of"])
        self.effects = CallableIndex([pair for pair in pairs if pair[1].effect])
        self.members = frozenset(_members(self.detectors))
        self.graph_methods = frozenset(
            method.method
            for _, rule in pairs
            if rule.graph
            for group in (rule.graph.nodes, rule.graph.edges, rule.graph.routes, rule.graph.finish)
            for method in group
        )

    def words(self) -> frozenset[str]:
        """The last names of every callable that a site may have."""
        found: set[str] = set()
        for each in self.detectors:
            for rule in each.rules:
                if not rule.effect:
                    found |= {one.names[-1] for one in rule.callables if one.names}
        return frozenset(word for word in found if word.strip("*")) | self.graph_methods


def _members(detectors: Iterable[Detector]) -> Iterator[str]:
    """The arguments that links, fields and gates are read from, which later assignments may change."""
    for detector in detectors:
        for rule in detector.rules:
            places = (
                [spec.at for spec in rule.take.links] + [spec.at for spec in rule.take.gates] + [at for _, at in rule.take.fields]
            )
            yield from (str(path[0]) for place in places for path in place if path)
