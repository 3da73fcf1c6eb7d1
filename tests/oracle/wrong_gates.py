"""Plausible mistakes about gates: each is the naive reading with one small thing changed."""

from collections.abc import Iterable, Iterator

from tests.oracle.naive import Answer, Guards, Hop, Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import Item
from tests.oracle.wrong_walks import Lengths, every_one


class AnyGateCounts(Naive):
    def fit(self, rule: Rule, _subject: str, _target: str) -> frozenset[str]:
        selector = rule.data.get("unless_through") or rule.data.get("through") or [(), None]
        return frozenset(one for one in self.world.things if one.partition(":")[0] in selector[0])


class NoGateCounts(Naive):
    def fit(self, _rule: Rule, _subject: str, _target: str) -> frozenset[str]:
        return frozenset()


class EveryGateOfAHopMustFit(Naive):
    def is_open(self, hop: Hop, fit: frozenset[str]) -> bool:
        return not hop.gates or not set(hop.gates) <= fit


class OnlyTheFirstGateOfAHopIsAsked(Naive):
    def is_open(self, hop: Hop, fit: frozenset[str]) -> bool:
        return not hop.gates or hop.gates[0] not in fit


class OnlyTheLastGateOfAHopIsAsked(Naive):
    def is_open(self, hop: Hop, fit: frozenset[str]) -> bool:
        return not hop.gates or hop.gates[-1] not in fit


class GuardsAreNotSeen(Naive):
    def guards(self) -> Guards:
        return {}


class GuardsOfTheStartOfAHopCount(Naive):
    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        for hop in super().hops_of(one, along, guards):
            yield hop._replace(gates=(*one[2].through, *guards.get(hop.source, ())))


class OnlyTheFirstGuardIsSeen(Naive):
    def guards(self) -> Guards:
        return {guarded: gates[:1] for guarded, gates in super().guards().items()}


class GatesInThroughAreNotSeen(Naive):
    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        return super().hops_of((one[0], one[1], Item(one[2].to)), along, guards)


def _by_ends(hops: list[Hop]) -> dict[tuple[str, str, str], list[Hop]]:
    found: dict[tuple[str, str, str], list[Hop]] = {}
    for hop in hops:
        found.setdefault((hop.source, hop.link, hop.target), []).append(hop)
    return found


class TheLastOfParallelItemsWins(Naive):
    def hops(self, rule: Rule) -> list[Hop]:
        return [same[-1] for same in _by_ends(super().hops(rule)).values()]


class TheFirstOfParallelItemsWins(Naive):
    def hops(self, rule: Rule) -> list[Hop]:
        return [same[0] for same in _by_ends(super().hops(rule)).values()]


class GatesOfParallelItemsAddUp(Naive):
    def hops(self, rule: Rule) -> list[Hop]:
        every = _by_ends(super().hops(rule)).values()
        return [same[0]._replace(gates=tuple(gate for hop in same for gate in hop.gates)) for same in every]


class AGateIsANodeThatHopsShare(Naive):
    """The gate of a hop is put into the graph, so that walks come out of it that nobody declared."""

    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        for hop in super().hops_of(one, along, guards):
            if not hop.gates:
                yield hop
            for gate in hop.gates[:1]:
                yield Hop(hop.source, gate, hop.link, ())
                yield Hop(gate, hop.target, hop.link, hop.gates[1:])


class AGateThatOneWalksThroughIsNotSeen(Naive):
    def stops(self, _node: str, _fit: frozenset[str]) -> bool:
        return False

    def passes_at(self, _node: str, _fit: frozenset[str]) -> bool:
        return False


class TheSubjectCountsAsAGate(Naive):
    def lengths(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        return {} if subject in fit else super().lengths(rule, subject, fit)


class TheTargetCountsAsAGate(Naive):
    def reached(self, rule: Rule) -> Answer:
        return {ends: length for ends, length in super().reached(rule).items() if ends[1] not in self.fit(rule, *ends)}


class AGateBehindTheTargetCounts(Naive):
    def reached(self, rule: Rule) -> Answer:
        found = super().reached(rule)
        return {
            ends: length
            for ends, length in found.items()
            if not any(not self.is_open(hop, self.fit(rule, *ends)) for hop in self.out(rule).get(ends[1], ()))
        }


class AGateBeforeTheSubjectCounts(Naive):
    def reached(self, rule: Rule) -> Answer:
        found = super().reached(rule)
        into = {ends: [hop for hop in self.hops(rule) if hop.target == ends[0]] for ends in found}
        return {
            ends: length
            for ends, length in found.items()
            if not into[ends] or any(self.is_open(hop, self.fit(rule, *ends)) for hop in into[ends])
        }


class GatesOfOneTargetAreTakenForAll(Naive):
    def fit(self, rule: Rule, subject: str, _target: str) -> frozenset[str]:
        return super().fit(rule, subject, self.targets(rule, subject)[0])


class GatesOfOneSubjectAreTakenForAll(Naive):
    def fit(self, rule: Rule, _subject: str, target: str) -> frozenset[str]:
        return super().fit(rule, self.subjects(rule)[0], target)


class TargetsOfOneSubjectAreTakenForAll(Naive):
    def targets(self, rule: Rule, _subject: str) -> list[str]:
        return super().targets(rule, self.subjects(rule)[0])


class FromAndToAreMixedUp(Naive):
    def fit(self, rule: Rule, subject: str, target: str) -> frozenset[str]:
        return super().fit(rule, target, subject)


WRONG = every_one(globals())
