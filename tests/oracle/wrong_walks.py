"""Plausible mistakes about walks and cycles: each is the naive reading with one small thing changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.oracle.naive import Answer, Guards, Hop, Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import Item

Lengths = dict[str, int]


class OnlyTheLastHopIsAsked(Naive):
    def lengths(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        return self.last_hops(rule, subject, fit)


class TheLastHopIsNotAsked(Naive):
    def spread(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        found = super().spread(rule, subject, fit)
        for node, length in [(subject, 0), *found.items()]:
            for hop in self.out(rule).get(node, ()):
                if not length or not self.stops(node, fit):
                    found.setdefault(hop.target, length + 1)
        return found


class EveryHopIsAskedThoughOnlyTheLastCounts(Naive):
    def last_hops(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        return self.spread(rule, subject, fit)


class TheNodeBeforeTheTargetIsNotAsked(Naive):
    def last_hops(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        free = super().spread(rule, subject, frozenset())
        ending = [hop for hop in self.hops(rule) if (hop.source == subject or hop.source in free) and self.is_open(hop, fit)]
        return {hop.target: free[hop.target] for hop in ending}


class _Capped(Naive):
    most: int

    def is_near(self, rule: Rule, length: int) -> bool:
        return length <= self.most and super().is_near(rule, length)


class WalksEndAfter2Hops(_Capped):
    most = 2


class WalksEndAfter4Hops(_Capped):
    most = 4


class WalksEndAfter6Hops(_Capped):
    most = 6


class WalksEndAfter10Hops(_Capped):
    most = 10


class WalksEndAfter20Hops(_Capped):
    most = 20


class WalksEndAfter40Hops(_Capped):
    most = 40


class _Without(Naive):
    link: str

    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        return iter(()) if one[1] == self.link else super().hops_of(one, along, guards)


class CallsAreNotFollowed(_Without):
    link = "calls"


class DelegationIsNotFollowed(_Without):
    link = "delegates_to"


class ConnectionsAreNotFollowed(_Without):
    link = "connects_to"


class OffersAreNotFollowed(_Without):
    link = "offers"


class StartsAreNotFollowed(_Without):
    link = "starts"


class LinksAreWalkedBothWays(Naive):
    def hops(self, rule: Rule) -> list[Hop]:
        return [turned for hop in super().hops(rule) for turned in (hop, Hop(hop.target, hop.source, hop.link, hop.gates))]


class InverseLinksAreWalkedForwards(Naive):
    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        for hop in super().hops_of(one, along, guards):
            yield Hop(one[0], one[2].to, hop.link, hop.gates)


class SelfLinksDoNotCount(Naive):
    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        return (hop for hop in super().hops_of(one, along, guards) if hop.source != hop.target)


class TheSubjectReachesItselfByStandingStill(Naive):
    def spread(self, rule: Rule, subject: str, fit: frozenset[str]) -> Lengths:
        return {subject: 0} | super().spread(rule, subject, fit)


class TheSubjectIsNeverItsOwnTarget(Naive):
    def targets(self, rule: Rule, subject: str) -> list[str]:
        return [one for one in super().targets(rule, subject) if one != subject]


class WalksEndAtTheFirstTarget(Naive):
    def reached(self, rule: Rule) -> Answer:
        found: Answer = {}
        for subject in self.subjects(rule):
            targets = set(self.targets(rule, subject))
            for target in targets:
                fit = self.fit(rule, subject, target)
                walk = Naive(self.world)
                walk.known["hops", *rule.data["along"]] = [
                    hop for hop in self.hops(rule) if hop.source == subject or hop.source not in targets
                ]
                length = walk.lengths(rule, subject, fit).get(target)
                if length is not None and self.is_near(rule, length):
                    found[subject, target] = length
        return found


class WithinIsOneShort(Naive):
    def is_near(self, rule: Rule, length: int) -> bool:
        return super().is_near(rule, length + 1 if "within" in rule.data else length)


class WithinIsOneLong(Naive):
    def is_near(self, rule: Rule, length: int) -> bool:
        return super().is_near(rule, length - 1)


class WithinIsNotRead(Naive):
    def is_near(self, _rule: Rule, _length: int) -> bool:
        return True


class ThroughIsNotRead(Naive):
    def comes_through(self, rule: Rule, subject: str, target: str) -> bool:
        return target in self.spread(rule, subject, frozenset())


class ThroughIsOnlyANode(Naive):
    def passes_on(self, _hop: Hop, _fit: frozenset[str]) -> bool:
        return False


class ThroughIsOnlyOnHops(Naive):
    def passes_at(self, _node: str, _fit: frozenset[str]) -> bool:
        return False


class TheSubjectIsPassed(Naive):
    def comes_through(self, rule: Rule, subject: str, target: str) -> bool:
        still = subject in self.fit(rule, subject, target) and target in self.spread(rule, subject, frozenset())
        return still or super().comes_through(rule, subject, target)


class TheTargetIsPassed(Naive):
    def comes_through(self, rule: Rule, subject: str, target: str) -> bool:
        still = target in self.fit(rule, subject, target) and target in self.spread(rule, subject, frozenset())
        return still or super().comes_through(rule, subject, target)


class WhatIsPassedMayComeAfterwards(Naive):
    def comes_through(self, rule: Rule, subject: str, target: str) -> bool:
        reached = self.spread(rule, subject, frozenset())
        return target in reached and any(node in reached for node in self.fit(rule, subject, target))


class EveryWayIsSomeWay(Naive):
    def can_end(self, rule: Rule, subject: str, targets: frozenset[str]) -> bool:
        return not targets & set(self.spread(rule, subject, frozenset()))


class LoopsThatNothingLeavesAreNotSeen(Naive):
    def is_loop(self, _rule: Rule, _node: str, _onward: frozenset[str]) -> bool:
        return False


class LoopsThatCanBeLeftAreEnds(Naive):
    def is_end(self, rule: Rule, node: str, targets: frozenset[str]) -> bool:
        onward = self.onward(rule, node)
        loop = {other for other in onward if node in self.onward(rule, other)}
        return super().is_end(rule, node, targets) or (node in onward and not loop & targets)


class LoopsWithATargetAreEnds(Naive):
    def is_end(self, rule: Rule, node: str, _targets: frozenset[str]) -> bool:
        return super().is_end(rule, node, frozenset())


class DeadEndsAreNotSeen(Naive):
    def is_end(self, rule: Rule, node: str, targets: frozenset[str]) -> bool:
        return bool(self.onward(rule, node)) and super().is_end(rule, node, targets)


class ASubjectWithoutHopsPasses(Naive):
    def can_end(self, rule: Rule, subject: str, targets: frozenset[str]) -> bool:
        return bool(self.onward(rule, subject)) and super().can_end(rule, subject, targets)


class ASubjectThatIsATargetPasses(Naive):
    def can_end(self, rule: Rule, subject: str, targets: frozenset[str]) -> bool:
        return subject not in targets and super().can_end(rule, subject, targets)


class EveryWayGoesOnPastTargets(Naive):
    def can_end(self, rule: Rule, subject: str, targets: frozenset[str]) -> bool:
        return any(self.is_end(rule, node, targets) for node in {subject, *self.onward(rule, subject)} - targets)


class ALinkToItselfIsNoCycle(Naive):
    def among(self, rule: Rule, start: str, members: list[str]) -> set[str]:
        alone = {hop.target for hop in self.out(rule).get(start, ())} & {start}
        return super().among(rule, start, members) - (alone if len(super().among(rule, start, members)) == 1 else set())


class CyclesMayLeaveTheMembers(Naive):
    def among(self, rule: Rule, start: str, _members: list[str]) -> set[str]:
        return set(self.onward(rule, start))


class OnlyCyclesOfTwoAreSeen(Naive):
    def among(self, rule: Rule, start: str, members: list[str]) -> set[str]:
        onward = {hop.target for hop in self.out(rule).get(start, ()) if hop.target in members}
        back = {start for one in onward if any(hop.target == start for hop in self.out(rule).get(one, ()))}
        return onward | back


class EveryMemberOfACycleIsAFinding(Naive):
    def are_one(self, _onward: dict[str, set[str]], _one: str, _other: str) -> bool:
        return False


class OneFindingForAllCycles(Naive):
    def cycles(self, rule: Rule) -> list[str]:
        return super().cycles(rule)[:1]


def every_one(module: dict[str, Any]) -> tuple[type[Naive], ...]:
    """The mistakes that a module defines."""
    return tuple(
        one
        for one in module.values()
        if isinstance(one, type) and issubclass(one, Naive) and one is not Naive and not one.__name__.startswith("_")
    )


WRONG = every_one(globals())
