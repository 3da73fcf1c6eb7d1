"""What was found, as values that rooms hand to each other: places in characters, names without secrets, links by key."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from shipcheck.code.possible_values import (
    Alternative,
    Condition,
    Kind,
    Literal,
    Object,
    Outside,
    Routine,
    Spot,
    Unsure,
    not_known,
)
from shipcheck.discover.bodies import shown
from shipcheck.discover.condition_text import condition_text, number_text
from shipcheck.discover.factories import way_to
from shipcheck.discover.kept_values import shown_callable, shown_reason, shown_text, shown_value
from shipcheck.discover.rule import BUILT_IN, Rule
from shipcheck.discover.sightings import Found, FoundEffect, FoundGate, FoundLink
from shipcheck.model.location import Location
from shipcheck.model.observed import (
    CODE,
    UNKNOWN,
    Effect,
    GateCandidate,
    Known,
    Observed,
    ObservedField,
    ObservedLink,
    Step,
)

_WITH_BODY = frozenset({"action"})
_LONGEST = 80
_NO_NAME = "(no name)"


class Publisher:
    """Turns what was found into values. `read` gives the content of a file that was read."""

    def __init__(self, read: Callable[[str], bytes | None], origin: str) -> None:
        self._read = cache(lambda path: (read(path) or b"").split(b"\n"))
        self._origin = origin
        self._keys: dict[int, str] = {}

    def all(self, components: Iterable[Found]) -> tuple[Observed, ...]:
        """Every component, by kind and place."""
        ordered = sorted((each for each in components if not each.hidden), key=_order)
        self._name_keys(ordered)
        return tuple(map(self._observed, ordered))

    def _name_keys(self, components: list[Found]) -> None:
        """A key for each: kind, file and symbol; the second of the same three gets a number."""
        counts: dict[str, int] = {}
        # What is added never takes the key of what a built-in detector found.
        for found in sorted(components, key=lambda each: each.detector.origin != BUILT_IN):
            symbol = ".".join([*found.symbol, found.occurrence.holder if found.occurrence else ""]).strip(".") or found.name
            base = f"{found.kind}:{found.spot.path}#{shown_callable(symbol)}"
            counts[base] = counts.get(base, 0) + 1
            self._keys[id(found)] = base if counts[base] == 1 else f"{base}~{counts[base]}"

    def _observed(self, found: Found) -> Observed:
        has_body = found.kind in _WITH_BODY and (bool(found.body) or bool(found.effects))
        unknown = tuple(Known("", UNKNOWN, shown_reason(why), "", self.location(spot)) for why, spot in found.unknown_effects)
        if found.kind in _WITH_BODY and not found.body and not found.effects:
            unknown = (Known("", UNKNOWN, "its body is not in the code that was read", "", self.location(found.spot)),)
        return Observed(
            key=self._keys[id(found)],
            kind=found.kind,
            name=shown_text(found.name) or _NO_NAME,
            symbol=shown_callable(".".join(found.symbol)),
            place=self.location(found.spot),
            detector=found.detector.shown,
            confidence=found.confidence,
            fields=tuple(self._fields(found)),
            links=tuple(self._links(found)),
            effects=tuple(map(self._effect, found.effects)) if has_body else None,
            unknown_effects=unknown,
            gates=tuple(self._gate(each, found) for each in found.gates),
            also=tuple(map(self.location, found.also)),
        )

    def _fields(self, found: Found) -> Iterator[ObservedField]:
        if found.kind == "gate" and isinstance(found.rule, Rule):
            place = self.location(found.spot)
            yield ObservedField("class", (Known(found.rule.gate_class, CODE, "", "", place),))
            decisions = found.rule.decisions
            for name, words in (("approve", decisions.approve), ("reject", decisions.reject)) if decisions else ():
                yield ObservedField(name, tuple(Known(str(word), CODE, "", "", place) for word in words))
            if found.rule.bypass:
                yield ObservedField("bypass", (Known("true", CODE, "", "", place),))
        for name, values in sorted(found.fields.items()):
            known = tuple(self._known(each) for each in values)
            if known:
                yield ObservedField(name, known)

    def _known(self, item: Alternative) -> Known:
        value, when = item.value, self._when(item.when)
        unknown = not_known(value)
        if unknown is not None:
            return Known("", unknown.how, shown_reason(unknown.why), when, self.location(unknown.spot))
        return Known(_text_of(value), item.how, "", when, self.location(value.spot))

    def _links(self, found: Found) -> Iterator[ObservedLink]:
        seen: set[tuple[str, str, str]] = set()
        for link in sorted(found.links, key=self._link_order):
            observed = self._link(link)
            key = (observed.link, observed.target, observed.known.value + observed.known.why)
            if key not in seen:
                seen.add(key)
                yield observed

    def _link_order(self, link: FoundLink) -> tuple[str, Spot]:
        return (link.link, link.target.spot if link.target else link.spot or Spot("", (0, 0, 0, 0)))

    def _link(self, link: FoundLink) -> ObservedLink:
        place = self.location(link.spot) if link.spot else None
        when = self._when(link.when)
        if link.target is not None and id(link.target) in self._keys:
            return ObservedLink(
                link.link, self._keys[id(link.target)], Known(shown_text(link.target.name), link.how, "", when, place)
            )
        if link.text:
            return ObservedLink(link.link, "", Known(shown_text(link.text), CODE, "named by its text", when, place))
        return ObservedLink(link.link, "", Known("", link.how, shown_reason(link.why), when, place))

    def _effect(self, effect: FoundEffect) -> Effect:
        chain = tuple(Step(shown_callable(name), self.location(spot)) for name, spot in effect.chain)
        return Effect(effect.effect, shown_callable(effect.callable), self.location(effect.spot), chain, effect.detector)

    def _gate(self, gate: FoundGate, owner: Found) -> GateCandidate:
        agent = gate.agent or (owner if owner.kind == "agent" else None)
        action = gate.action or (owner if owner.kind == "action" else None)
        return GateCandidate(
            name=shown_text(gate.name),
            kind_of=gate.gate_class,
            agent=self._keys.get(id(agent), "") if agent else "",
            action=self._keys.get(id(action), "") if action else "",
            value=Known(gate.value, gate.how, shown_reason(gate.why), "", self.location(gate.spot)),
            bypass=gate.bypass,
            place=self.location(gate.spot),
            detector=gate.detector,
        )

    def location(self, spot: Spot) -> Location:
        """A place in characters, 1-based."""
        first, column, last, end = spot.span
        return Location(
            self._origin, spot.path, first, self._column(spot.path, first, column), last, self._column(spot.path, last, end)
        )

    def _column(self, path: str, line: int, column: int) -> int:
        lines = self._read(path)
        text = lines[line - 1] if 0 < line <= len(lines) else b""
        return len(text[:column].decode("utf-8", "replace")) + 1

    def _when(self, conditions: tuple[Condition, ...]) -> str:
        """Conditions as text."""
        return " and ".join(dict.fromkeys(map(self._condition, conditions[:4])))

    def _condition(self, condition: Condition) -> str:
        return condition_text(condition.test, holds=condition.holds)[:_LONGEST]


def _order(found: Found) -> tuple[object, ...]:
    """By kind, place and the calls that lead there; never first by the name, which may change while the component stays."""
    calls = tuple(each for each in way_to(found) if isinstance(each, Spot))
    return found.kind, found.spot, calls, found.name


def _text_of(value: object) -> str:
    """What may be shown of a value: yes and no, numbers, names of a known form, and of every other text its length."""
    match value:
        case Literal(value=str() as text):
            return shown_value(text) or f"a text of {len(text)} characters"
        case Literal(value=number):
            return number_text(number)
        case Routine(function=function):
            return shown_callable(function.name) or "a function"
        case Kind(definition=definition) | Object(kind=Kind(definition=definition)):
            return shown_callable(definition.name)
        case Outside():
            return shown_callable(shown(value))
        case Unsure(why=why):
            return shown_reason(why)
        case _:
            return "a list or record"
