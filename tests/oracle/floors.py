"""How sensitive an action is, and at which stage a use case is judged, by the description in schemas/vocabulary.yaml alone.

What is not declared counts as its worst, but for what makes a candidate live: that has to be declared. Each of these small
methods is a place where an engine can be wrong.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tests.oracle.worlds import World, kind_of

SENSITIVITY = ("low", "medium", "high", "critical")
STAGE = ("retired", "candidate", "pilot", "production")
REALITY = ("none", "development", "test", "production")
SIGHT = ("none", "public", "internal", "confidential", "secret")
ACTING = ("uses", "calls", "delegates_to", "connects_to", "offers", "starts")
CHANGING = ("writes_to", "touches", "changes")
FINAL = ("data_destruction", "deployment", "access_control", "code_execution")
GRAVE = ("payments", *FINAL)
Rules = dict[str, tuple[str, bool]]


class Floors:
    """The floors of one world."""

    disabled: frozenset[str] = frozenset()

    def __init__(self, world: World) -> None:
        self.world = world
        self._back: dict[tuple[str, str], list[str]] = {}
        for source, link, item in world.items():
            self._back.setdefault((link, item.to), []).append(source)
        self._known: dict[tuple[str, str], str | None] = {}

    def sensitivity(self, action: str) -> str | None:
        """The greater of declared and least."""
        return self._once("sensitivity", action, lambda: self.raised(self._field(action, "sensitivity"), self.least(action)))

    def stage(self, use: str) -> str | None:
        """The stage at which a use case is judged; an undeclared one stays unknown."""
        return self._once("stage", use, lambda: self.exposed(use, self._field(use, "stage")))

    def raised(self, declared: str | None, least: str) -> str | None:
        """The greater of two."""
        return max(declared or least, least, key=SENSITIVITY.index)

    def may(self, value: Any, *words: Any) -> bool:
        """Whether a value is one of these, as far as is known."""
        return value is None or value in words

    # ---- sensitivity

    def least(self, action: str) -> str:
        """The greatest that a rule gives."""
        given = [word for name, (word, holds) in self.rules(action).items() if holds and name not in self.disabled]
        return max(given, key=SENSITIVITY.index, default="low")

    def rules(self, action: str) -> Rules:
        """The rules by name, each with the sensitivity that it gives and whether it holds."""
        final = not self._field(action, "reversible")
        in_critical = self.writes(action, criticality=("critical",), environment=("production",))
        in_important = self.writes(action, criticality=("high", "critical"), environment=("production",))
        private = self.may(self.sees(action), "confidential", "secret")
        return {
            "final in a critical system": (
                "critical",
                self.does(action, *FINAL) and final and in_critical,
            ),
            "grave, final and real": (
                "high",
                self.does(action, *GRAVE, "instruction_change") and final and self.may(self.acts_on(action), "production"),
            ),
            "a final change of an important system": (
                "high",
                self.does(action, "data_change", "scheduling") and final and in_important,
            ),
            "grave in a critical system": (
                "high",
                self.does(action, *GRAVE) and in_critical,
            ),
            "sends what is confidential": ("high", self.does(action, "communication", "publication", "egress") and private),
            "writes what is confidential elsewhere": (
                "high",
                self._field(action, "effects") != [] and private and self.writes(action, external=(True,)),
            ),
            "grave or public": ("medium", self.does(action, *GRAVE, "instruction_change", "publication")),
            "final": ("medium", self.does(action, "data_change", "communication", "egress", "scheduling") and final),
        }

    def does(self, action: str, *effects: str) -> bool:
        """Whether an action may have one of these effects."""
        given = self._field(action, "effects")
        return given is None or bool(set(given) & set(effects))

    def writes(self, action: str, **wanted: tuple[Any, ...]) -> bool:
        """Whether one of the systems that an action writes to may be all that is wanted."""
        return any(
            all(self.may(self._field(system, name), *words) for name, words in wanted.items())
            for system in self._to(action, "writes_to")
        )

    # ---- stage

    def exposed(self, use: str, declared: str | None) -> str | None:
        """A pilot that may be open to all, or real, is in production, and a candidate with code is a pilot at least."""
        audience, real = self._field(use, "audience"), self.acts_on(use)
        if declared == "pilot":
            private = self.may(self.draws_on(use), "confidential", "secret")
            return "production" if self.may(audience, "public") or self.may(real, "production") or private else "pilot"
        if declared != "candidate":
            return declared
        if self.has_code(use) or self.is_built(use):
            return "production" if audience == "public" or real == "production" else "pilot"
        return "candidate"

    def has_code(self, use: str) -> bool:
        """Whether an agent or a live action in reach names its code."""
        return any(
            self._field(one, "implemented_by")
            and (kind_of(one) == "agent" or (kind_of(one) == "action" and self._field(one, "state") in {None, "live"}))
            for one in self.reached(use)
        )

    def is_built(self, use: str) -> bool:
        """Whether an integration for it is implemented."""
        plans = self._back.get(("use_cases", use), ())
        return any(self._field(plan, "status") in {"implemented", "verified"} for plan in plans)

    # ---- what is derived along links

    def acts_on(self, one: str) -> str | None:
        """The highest environment of what is changed by it, or by what it reaches; None if that is unknown."""
        return self._once(
            "acts_on", one, lambda: _greatest(REALITY, (end for node in self.reached(one) for end in self.ends(node)))
        )

    def ends(self, node: str) -> Iterable[str | None]:
        """What one component changes is real, or not; or unknown."""
        links = self.world.things[node].links
        for target in (end for link in CHANGING for end in self._to(node, link)):
            yield "production" if kind_of(target) in {"prompt", "agent"} else self._field(target, "environment")
        if kind_of(node) == "agent" and ("changes", node) in self._back:
            yield "production"
        silent = not links.get("writes_to") and not links.get("changes")
        if kind_of(node) == "action" and silent and self._field(node, "effects") != []:
            yield None

    def reached(self, one: str) -> list[str]:
        """It and all that it starts, calls or delegates to."""
        found = [one]
        for node in found:
            found += [far for link in ACTING for far in self._to(node, link) if far not in found]
        return found

    def sees(self, one: str) -> str | None:
        """The highest classification of the data that can come to it."""
        before = [one]
        for node in before:
            before += [near for link in ACTING[1:] for near in self._back.get((link, node), ()) if near not in before]
        classes = (self._field(data, "classification") for node in before for data in self.data(node))
        return self._once("sees", one, lambda: _greatest(SIGHT, classes))

    def draws_on(self, use: str) -> str | None:
        """The highest classification of the data in its reach that may be real."""
        real = {one for node in self.reached(use) for one in self.data(node) if self.is_real(one)}
        return _greatest(SIGHT, (self._field(data, "classification") for data in real))

    def is_real(self, data: str) -> bool:
        """Whether a dataset may be more than a copy for tests."""
        return self.may(self._field(data, "environment"), "production")

    def data(self, node: str) -> list[str]:
        """The datasets that it reads, by itself, by its actions and servers, or through the systems that host them."""
        found = [node]
        for near in found:
            far = [end for link in ("reads", "reads_from", "calls", "connects_to", "offers") for end in self._to(near, link)]
            found += [end for end in [*far, *self._back.get(("hosted_in", near), ())] if end not in found]
        return [end for end in found if kind_of(end) == "dataset"]

    def _field(self, one: str, name: str) -> Any:
        return self.world.things[one].fields.get(name)

    def _to(self, one: str, link: str) -> list[str]:
        return [item.to for item in self.world.things[one].links.get(link, ()) if item.to in self.world.things]

    def _once(self, what: str, one: str, found: Callable[[], str | None]) -> str | None:
        if (what, one) not in self._known:
            self._known[what, one] = found()
        return self._known[what, one]


def _greatest(order: tuple[str, ...], values: Iterable[str | None]) -> str | None:
    """The last in order; unknown where one is, but for the greatest of all."""
    found = set(values)
    if order[-1] in found:
        return order[-1]
    return None if None in found else max((value for value in found if value is not None), key=order.index, default=order[0])
