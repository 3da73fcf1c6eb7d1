"""Plausible mistakes about the base revision: each is the naive reading with one small thing changed."""

from typing import Any

from tests.oracle.conditions import Reading
from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import World
from tests.oracle.wrong_walks import every_one


class TheBaseIsTheHead(Naive):
    def __init__(self, world: World, base: World | None = None) -> None:
        super().__init__(world, world if base is not None else None)


class TheBaseIsReadWithTheHeadsFields(Naive):
    def __init__(self, world: World, base: World | None = None) -> None:
        old = base.copy() if base is not None else None
        for reference, thing in old.things.items() if old else ():
            thing.fields = world.things[reference].fields if reference in world.things else thing.fields
        super().__init__(world, old)


class TheBaseIsReadWithTheHeadsLinks(Naive):
    def __init__(self, world: World, base: World | None = None) -> None:
        old = base.copy() if base is not None else None
        for reference, thing in old.things.items() if old else ():
            thing.links = world.things[reference].links if reference in world.things else thing.links
        super().__init__(world, old)


class EverythingHasABase(Naive):
    def subjects(self, rule: Rule) -> list[str]:
        kinds, where = rule.data["each"]
        kept = where == ["present", "@it.base"]
        return [one for one in sorted(self.world.things) if one.partition(":")[0] in kinds] if kept else super().subjects(rule)


class WhatIsNewIsNoSubject(Naive):
    def subjects(self, rule: Rule) -> list[str]:
        return [one for one in super().subjects(rule) if self.before is None or one in self.before.world.things]


class WhatIsInTheBaseIsPresent(Naive):
    def removed(self, rule: Rule) -> list[str]:
        old = self.before
        self.before = Reading(old.world) if old is not None else None
        gone = [one for one in super().removed(rule) if one not in self.world.things]
        self.before = old
        return gone


class WhatIsStillThereIsRemovedToo(Naive):
    def removed(self, rule: Rule) -> list[str]:
        whole = self.world
        self.world = World({})
        found = super().removed(rule)
        self.world = whole
        return found


class NothingIsRemoved(Naive):
    def removed(self, _rule: Rule) -> list[str]:
        return []


class AnUnknownRemovedComponentIsNone(Naive):
    def removed(self, rule: Rule) -> list[str]:
        where = rule.data["removed"][1]
        names = (({"it": one}, one) for one in super().removed(rule))
        return [one for held, one in names if where is None or (self.before and self.before.truth(where, held) is True)]


class AnUnknownConditionOnWhatIsRemovedIsMet(Naive):
    def removed(self, rule: Rule) -> list[str]:
        def fails(names: dict[str, Any]) -> bool:
            return self.before is not None and self.before.truth(rule.data["must"], names) is False

        return [one for one in super().removed(rule) if fails({"it": one, "subject": one})]


WRONG = every_one(globals())
