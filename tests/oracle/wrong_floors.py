"""Plausible mistakes about floors and exposure: each is the naive reading with one small thing changed."""

from collections.abc import Iterable
from typing import Any

from tests.oracle.conditions import Reading
from tests.oracle.floors import SENSITIVITY, SIGHT, Floors, Rules
from tests.oracle.naive import Naive
from tests.oracle.worlds import World
from tests.oracle.wrong_walks import every_one


class _Floored(Naive):
    Wrong: type[Floors]

    def read(self, world: World) -> Reading:
        reading = super().read(world)
        reading.floors = self.Wrong(world)
        return reading


class TheFloorOfSensitivityIsNotRead(_Floored):
    class Wrong(Floors):
        def raised(self, declared: str | None, _least: str) -> str | None:
            return declared


class TheFloorReplacesWhatIsDeclared(_Floored):
    class Wrong(Floors):
        def raised(self, _declared: str | None, least: str) -> str | None:
            return least


class TheFloorOnlyFillsIn(_Floored):
    class Wrong(Floors):
        def raised(self, declared: str | None, least: str) -> str | None:
            return declared or least


class TheFloorDoesNotFillIn(_Floored):
    class Wrong(Floors):
        def raised(self, declared: str | None, least: str) -> str | None:
            return declared and super().raised(declared, least)


class TheFloorLowers(_Floored):
    class Wrong(Floors):
        def raised(self, declared: str | None, least: str) -> str | None:
            return min(declared or least, least, key=SENSITIVITY.index)


class TheFirstRuleDecides(_Floored):
    class Wrong(Floors):
        def least(self, action: str) -> str:
            return next((word for word, holds in reversed(self.rules(action).values()) if holds), "low")


class WhatIsUnknownIsHarmless(_Floored):
    class Wrong(Floors):
        def may(self, value: Any, *words: Any) -> bool:
            return value in words


class UndeclaredEffectsAreNone(_Floored):
    class Wrong(Floors):
        def does(self, action: str, *effects: str) -> bool:
            return self._field(action, "effects") is not None and super().does(action, *effects)


class AnEmptyListOfEffectsIsUnknown(_Floored):
    class Wrong(Floors):
        def does(self, action: str, *effects: str) -> bool:
            return not self._field(action, "effects") or super().does(action, *effects)


class SystemsAreTakenTogether(_Floored):
    """One system is critical and another real: no one system is both."""

    class Wrong(Floors):
        def writes(self, action: str, **wanted: tuple[Any, ...]) -> bool:
            return all(Floors.writes(self, action, **{name: words}) for name, words in wanted.items())


class EverySystemHasToBeCritical(_Floored):
    class Wrong(Floors):
        def writes(self, action: str, **wanted: tuple[Any, ...]) -> bool:
            systems = self._to(action, "writes_to")
            return bool(systems) and all(
                self.may(self._field(system, name), *words) for system in systems for name, words in wanted.items()
            )


class _Disabled(_Floored):
    name: str

    def read(self, world: World) -> Reading:
        reading = super().read(world)
        reading.floors.disabled = frozenset((self.name,))
        return reading

    Wrong = Floors


class NothingIsCriticalByItself(_Disabled):
    name = "final in a critical system"


class WhatIsGraveAndFinalIsNotHigh(_Disabled):
    name = "grave, final and real"


class AnImportantSystemIsLikeAnyOther(_Disabled):
    name = "a final change of an important system"


class ACriticalSystemIsLikeAnyOther(_Disabled):
    name = "grave in a critical system"


class ConfidentialDataMayBeSent(_Disabled):
    name = "sends what is confidential"


class ConfidentialDataMayBeWrittenElsewhere(_Disabled):
    name = "writes what is confidential elsewhere"


class WhatIsGraveMayBeLow(_Disabled):
    name = "grave or public"


class WhatIsFinalMayBeLow(_Disabled):
    name = "final"


class ReversibleIsNotAsked(_Floored):
    class Wrong(Floors):
        def rules(self, action: str) -> Rules:
            held = self._field(action, "reversible")
            self.world.things[action].fields["reversible"] = False
            found = super().rules(action)
            self.world.things[action].fields["reversible"] = held
            return found


class TheStageIsAsDeclared(_Floored):
    class Wrong(Floors):
        def exposed(self, _use: str, declared: str | None) -> str | None:
            return declared


class TheAudienceIsNotRead(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            return Floors(_with(self.world, use, audience="staff")).exposed(use, declared)


class AnUndeclaredAudienceIsTheStaff(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            audience = self._field(use, "audience") or "staff"
            return Floors(_with(self.world, use, audience=audience)).exposed(use, declared)


class APilotMayActOnWhatIsReal(_Floored):
    class Wrong(Floors):
        def acts_on(self, one: str) -> str | None:
            return "none" if one.startswith("use_case:") else super().acts_on(one)


class APilotMayDrawOnWhatIsPrivate(_Floored):
    class Wrong(Floors):
        def draws_on(self, _use: str) -> str | None:
            return "none"


class CopiesForTestsAreReal(_Floored):
    class Wrong(Floors):
        def is_real(self, _data: str) -> bool:
            return True


class ACandidateIsNeverRaised(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            return declared if declared == "candidate" else super().exposed(use, declared)


class ACandidateWithCodeIsInProduction(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            return "production" if declared == "candidate" and self.has_code(use) else super().exposed(use, declared)


class ACandidateIsJudgedAsAPilotIs(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            return super().exposed(use, "pilot" if declared == "candidate" and self.has_code(use) else declared)


class AnImplementedPlanIsNoCode(_Floored):
    class Wrong(Floors):
        def is_built(self, _use: str) -> bool:
            return False


class AnyPlanIsImplemented(_Floored):
    class Wrong(Floors):
        def is_built(self, use: str) -> bool:
            return any(link == "use_cases" and item.to == use for _, link, item in self.world.items())


class CodeOfDisabledActionsRuns(_Floored):
    class Wrong(Floors):
        def has_code(self, use: str) -> bool:
            return any(self._field(one, "implemented_by") for one in self.reached(use))


class OnlyAgentsHaveCode(_Floored):
    class Wrong(Floors):
        def has_code(self, use: str) -> bool:
            return any(self._field(one, "implemented_by") for one in self.reached(use) if one.startswith("agent:"))


class ARetiredUseCaseWithCodeIsAPilot(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            found = super().exposed(use, declared)
            return "pilot" if declared == "retired" and self.has_code(use) else found


class AnUndeclaredStageIsACandidate(_Floored):
    class Wrong(Floors):
        def exposed(self, use: str, declared: str | None) -> str | None:
            return super().exposed(use, declared or "candidate")


class OnlyWhatItWritesItselfIsReal(_Floored):
    class Wrong(Floors):
        def reached(self, one: str) -> list[str]:
            return super().reached(one) if one.startswith("use_case:") else [one]


class TouchedSystemsAreNotActedOn(_Floored):
    class Wrong(Floors):
        def ends(self, node: str) -> Iterable[str | None]:
            return () if node.startswith("use_case:") else super().ends(node)


class WhatDoesNotSayWhatItChangesChangesNothing(_Floored):
    class Wrong(Floors):
        def ends(self, node: str) -> Iterable[str | None]:
            links = self.world.things[node].links
            return super().ends(node) if links.get("writes_to") or links.get("changes") or links.get("touches") else ()


class PromptsAreTests(_Floored):
    class Wrong(Floors):
        def ends(self, node: str) -> Iterable[str | None]:
            changed = {item.to.partition(":")[0] for item in self.world.things[node].links.get("changes", ())}
            return [end for end in super().ends(node) if end != "production" or "prompt" not in changed]


class AnyEnvironmentIsReal(_Floored):
    class Wrong(Floors):
        def acts_on(self, one: str) -> str | None:
            found = super().acts_on(one)
            return "production" if found in {"test", "development"} else found


class DataIsOnlyWhatAnActionReads(_Floored):
    class Wrong(Floors):
        def sees(self, one: str) -> str | None:
            found = [self._field(data, "classification") for data in self._to(one, "reads")]
            return None if None in found else max(found, default="none", key=SIGHT.index)


class DataInSystemsIsNotSeen(_Floored):
    class Wrong(Floors):
        def data(self, node: str) -> list[str]:
            return [end for end in super().data(node) if any(end in self._to(one, "reads") for one in self.world.things)]


class DelegatedDataIsNotSeen(_Floored):
    class Wrong(Floors):
        def sees(self, one: str) -> str | None:
            world = self.world.copy()
            for thing in world.things.values():
                thing.links.pop("delegates_to", None)
            return Floors(world).sees(one)


def _with(world: World, reference: str, **fields: object) -> World:
    changed = world.copy()
    changed.things[reference].fields.update(fields)
    return changed


WRONG = every_one(globals())
