"""Plausible mistakes about conditions, unknowns, groups and severities: each is the naive reading with one thing changed."""

from collections.abc import Iterator
from typing import Any

from tests.oracle.conditions import Reading
from tests.oracle.naive import Key, Naive
from tests.oracle.rules import Rule
from tests.oracle.worlds import World
from tests.oracle.wrong_walks import every_one

LISTS = ("approvers", "covers", "effects")


class AnUnknownSubjectIsNone(Naive):
    def subjects(self, rule: Rule) -> list[str]:
        return [one for one in super().subjects(rule) if self.matches(rule.data["each"], one)]


class AnUnknownMemberIsNone(Naive):
    def members(self, rule: Rule) -> list[str]:
        return [one for one in super().members(rule) if self.matches(rule.data["all"], one)]


class AnUnknownTargetIsNone(Naive):
    def is_target(self, _rule: Rule, found: bool | None) -> bool:  # noqa: FBT001
        return found is True


class AnUnknownTargetIsReachedWell(Naive):
    def is_target(self, _rule: Rule, found: bool | None) -> bool:  # noqa: FBT001
        return found is not False


class AnUnknownGateCounts(Naive):
    def is_gate(self, found: bool | None) -> bool:  # noqa: FBT001
        return found is not False


class AnUnknownConditionIsMet(Naive):
    def is_met(self, rule: Rule, names: dict[str, Any]) -> bool:
        return self.reading.truth(rule.data["must"], names) is not False


class AnUnknownStepDoesNotApply(Naive):
    def severity(self, rule: Rule, key: Key) -> str:
        names = {"it": key[0], "subject": key[0], "from": key[0], "to": key[1]}
        ladder = rule.data.get("severity", [["error", None]])
        return str(next(word for word, when in ladder if when is None or self.truth(when, names)))


class TheLastStepThatHoldsWins(Naive):
    def severity(self, rule: Rule, key: Key) -> str:
        names = {"it": key[0], "subject": key[0], "from": key[0], "to": key[1]}
        ladder = rule.data.get("severity", [["error", None]])
        return str([word for word, when in ladder if when is None or self.truth(when, names) is not False][-1])


class AMissingLinkSubjectIsNone(Naive):
    def links(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        where = rule.data["link"][1]
        return ((text, names) for text, names in super().links(rule) if where is None or self.reading.truth(where, names))


class ASecondLinkItemIsNotJudged(Naive):
    def links(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((text, names) for text, names in super().links(rule) if "#" not in text)


class ALinksGatesAreItsThroughAlone(Naive):
    def links(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((text, {**names, "gates": names["through"]}) for text, names in super().links(rule))


class MembersWithoutAGroupAreLeftOut(Naive):
    def groups(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((text, names) for text, names in super().groups(rule) if "(missing)" not in text)


class OnlyTheFirstKeyGroups(Naive):
    def groups(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        together: dict[str, list[str]] = {}
        every = list(super().groups(rule))
        for text, names in every:
            together.setdefault(text.partition(",")[0], []).extend(names["members"])
        return ((text, {"members": together[text.partition(",")[0]]}) for text, _ in every)


class _Misread(Naive):
    """A mistake about conditions: `reading` is what it reads them with."""

    wrong: type[Reading]

    def read(self, world: World) -> Reading:
        return self.wrong(world, self.before)


class EveryHoldsForNone(_Misread):
    class wrong(Reading):  # noqa: N801 - a mistake has no better name
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return True if word == "every" and not values else super().quantify(word, values)


class NoNeedsAnElement(_Misread):
    class wrong(Reading):  # noqa: N801
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return False if word == "no" and not values else super().quantify(word, values)


class SomeHoldsForNone(_Misread):
    class wrong(Reading):  # noqa: N801
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return True if word == "some" and not values else super().quantify(word, values)


class SomeMeansEvery(_Misread):
    class wrong(Reading):  # noqa: N801
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return super().quantify("every" if word == "some" else word, values)


class EveryMeansSome(_Misread):
    class wrong(Reading):  # noqa: N801
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return super().quantify("some" if word == "every" else word, values)


class UnknownElementsAreNotSeen(_Misread):
    class wrong(Reading):  # noqa: N801
        def quantify(self, word: str, values: list[bool | None]) -> bool | None:
            return super().quantify(word, [value for value in values if value is not None])


class AListThatIsNotGivenIsEmpty(_Misread):
    class wrong(Reading):  # noqa: N801
        def field(self, reference: str, name: str) -> Any:
            value = super().field(reference, name)
            return [] if value is None and name in LISTS else value


class ALinkThatIsNotGivenIsUnknown(_Misread):
    class wrong(Reading):  # noqa: N801
        def field(self, reference: str, name: str) -> Any:
            return super().field(reference, name) or None if name == "audited_by" else super().field(reference, name)


class ComparingWithUnknownIsNo(_Misread):
    class wrong(Reading):  # noqa: N801
        def _compare(self, word: str, values: list[Any]) -> bool | None:
            return super()._compare(word, values) or False


class DifferingFromUnknownIsYes(_Misread):
    class wrong(Reading):  # noqa: N801
        def _compare(self, word: str, values: list[Any]) -> bool | None:
            return True if word == "!=" and None in values else super()._compare(word, values)


class TwoUnknownsAreEqual(_Misread):
    class wrong(Reading):  # noqa: N801
        def _compare(self, word: str, values: list[Any]) -> bool | None:
            return word == "==" if word in {"==", "!="} and values == [None, None] else super()._compare(word, values)


class NotUnknownIsYes(_Misread):
    class wrong(Reading):  # noqa: N801
        def _not(self, word: str, values: list[Any]) -> bool | None:
            return True if values[0] is None else super()._not(word, values)


class UnknownIsStrongerThanNo(_Misread):
    class wrong(Reading):  # noqa: N801
        def _and(self, word: str, values: list[Any]) -> bool | None:
            return None if None in values else super()._and(word, values)


class UnknownIsStrongerThanYes(_Misread):
    class wrong(Reading):  # noqa: N801
        def _or(self, word: str, values: list[Any]) -> bool | None:
            return None if None in values else super()._or(word, values)


class UnknownAndYesIsYes(_Misread):
    class wrong(Reading):  # noqa: N801
        def _and(self, word: str, values: list[Any]) -> bool | None:
            return True if True in values and False not in values else super()._and(word, values)


class UnknownOrNoIsNo(_Misread):
    class wrong(Reading):  # noqa: N801
        def _or(self, word: str, values: list[Any]) -> bool | None:
            return False if True not in values else super()._or(word, values)


class AnUnknownListIsInEveryList(_Misread):
    class wrong(Reading):  # noqa: N801
        def _all_in(self, word: str, values: list[Any]) -> bool | None:
            return True if values[0] is None else super()._all_in(word, values)


class TheEmptyListIsInNone(_Misread):
    class wrong(Reading):  # noqa: N801
        def _all_in(self, word: str, values: list[Any]) -> bool | None:
            return False if values[0] == [] else super()._all_in(word, values)


class AllInMeansSomeIn(_Misread):
    class wrong(Reading):  # noqa: N801
        def _all_in(self, word: str, values: list[Any]) -> bool | None:
            items, others = values
            return None if items is None else self._or(word, [self._in("in", [item, others]) for item in items])


class AllInIsTurnedRound(_Misread):
    class wrong(Reading):  # noqa: N801
        def _all_in(self, word: str, values: list[Any]) -> bool | None:
            return super()._all_in(word, values[::-1])


class AtLeastMeansMore(_Misread):
    class wrong(Reading):  # noqa: N801
        def _compare(self, word: str, values: list[Any]) -> bool | None:
            return super()._compare({">=": ">", "<=": "<"}.get(word, word), values)


class WordsAreOrderedByTheirLetters(_Misread):
    class wrong(Reading):  # noqa: N801
        def _compare(self, word: str, values: list[Any]) -> bool | None:
            texts = all(isinstance(value, str) for value in values) and word in {"<=", ">="}
            return ((values[0] <= values[1]) is (word == "<=")) if texts else super()._compare(word, values)


class GuardsAreThoseOfActionsAlone(_Misread):
    class wrong(Reading):  # noqa: N801
        def _inverse(self, name: str) -> dict[str, list[str]]:
            found = super()._inverse(name)
            if name != "guards":
                return found
            direct = {(item.to, source) for source, link, item in self.world.items() if link == "guarded_by"}
            return {gate: [one for one in held if (gate, one) in direct] for gate, held in found.items()}


class PathsDropWhatLacksTheNextField(_Misread):
    class wrong(Reading):  # noqa: N801
        def _step(self, value: Any, step: str) -> Any:
            found = super()._step(value, step)
            return [item for item in found if item is not None] if isinstance(value, list) else found


class _WithoutDefault(Reading):
    of: str

    def field(self, reference: str, name: str) -> Any:
        return self.world.things[reference].fields.get(name) if name == self.of else super().field(reference, name)


class ATeamMustSayThatItIsActive(_Misread):
    class wrong(_WithoutDefault):  # noqa: N801
        of = "active"


class AnActionMustSayThatItIsLive(_Misread):
    class wrong(_WithoutDefault):  # noqa: N801
        of = "state"


class AnEntryMustSayThatItIsOne(_Misread):
    class wrong(Reading):  # noqa: N801
        def field(self, reference: str, name: str) -> Any:
            return "entry" in self.world.things[reference].fields if name == "entry" else super().field(reference, name)


class EveryAgentIsAnEntry(_Misread):
    class wrong(Reading):  # noqa: N801
        def field(self, reference: str, name: str) -> Any:
            return True if name == "entry" else super().field(reference, name)


class StagesAreNotDerived(_Misread):
    class wrong(Reading):  # noqa: N801
        def _stage_of(self, _reference: str) -> str | None:
            return None


class StagesDoNotComeToActions(_Misread):
    class wrong(Reading):  # noqa: N801
        def _stage_of(self, reference: str) -> str | None:
            return None if reference.startswith("action:") else super()._stage_of(reference)


class _Aggregating(Reading):
    """Unknown members are left out of one aggregate."""

    of: str

    def aggregate(self, word: str, values: list[Any]) -> Any:
        known = [value for value in values if value is not None]
        return super().aggregate(word, known if word == self.of and known else values)


class SharesLeaveUnknownMembersOut(_Misread):
    class wrong(_Aggregating):  # noqa: N801
        of = "share"


class MeansLeaveUnknownMembersOut(_Misread):
    class wrong(_Aggregating):  # noqa: N801
        of = "avg"


class LeastValuesLeaveUnknownMembersOut(_Misread):
    class wrong(_Aggregating):  # noqa: N801
        of = "min"


class CountsLeaveUnknownMembersOut(_Misread):
    class wrong(_Aggregating):  # noqa: N801
        of = "count where"


class UnknownValuesAreAllDifferent(_Misread):
    class wrong(_Aggregating):  # noqa: N801
        of = "unique"


class UnknownValuesAreTheSame(_Misread):
    class wrong(Reading):  # noqa: N801
        def aggregate(self, word: str, values: list[Any]) -> Any:
            return False if word == "unique" and values.count(None) > 1 else super().aggregate(word, values)


class SharesCountUnknownMembersAsNo(_Misread):
    class wrong(Reading):  # noqa: N801
        def aggregate(self, word: str, values: list[Any]) -> Any:
            return super().aggregate(word, [bool(value) for value in values] if word == "share" else values)


class CountsTakeUnknownElementsForNo(_Misread):
    class wrong(Reading):  # noqa: N801
        def _count(self, rest: list[Any], names: dict[str, Any]) -> int | None:
            if len(rest) < 2:
                return super()._count(rest, names)
            items = self.truth(rest[0], names) or []
            return sum(item is not None and self.truth(rest[1], {**names, "item": item}) is True for item in items)


WRONG = every_one(globals())
