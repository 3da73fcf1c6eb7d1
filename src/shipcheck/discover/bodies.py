"""What bodies do: their effects, and which component a call in a body belongs to."""

from collections.abc import Iterator
from dataclasses import replace

from shipcheck.code.form import Member
from shipcheck.code.possible_values import (
    Kind,
    Object,
    Outside,
    Routine,
    Spot,
    Unsure,
)
from shipcheck.code.resolver import Resolver
from shipcheck.code.walk import Body, Visit, visits
from shipcheck.discover.argument_tests import holds
from shipcheck.discover.finder import Finder
from shipcheck.discover.occurrence import Occurrence, arguments_of
from shipcheck.discover.registrar import PART
from shipcheck.discover.rule import BUILT_IN, Rule
from shipcheck.discover.sightings import Found, FoundEffect, FoundLink

_HARMLESS = "none"
# The links that a gate has itself; every other one is of the agent that has the gate.
_OF_GATES = frozenset({"audited_by", "guards"})
# Parts of the languages themselves; what of them has an effect is listed.
_OWN = frozenset({("pypi", "builtins"), ("npm", "global")})
_BELONGS = {"agent": "delegates_to", "action": "calls", "model": "runs_on", "tool_server": "connects_to", "prompt": "prompted_by"}


class Bodies:
    """Reads the bodies of what was found."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._resolver = finder.resolver
        # What packages that a repository names itself do is not known by that.
        built_in = (each for each in finder.rules.detectors if each.origin == BUILT_IN)
        self._frameworks = frozenset(name for each in built_in for name in each.modules)
        self._inner: set[int] = set()
        self._walked: dict[Spot, tuple[Visit | Body, ...]] = {}

    def _visits(self, routine: Routine) -> tuple[Visit | Body, ...]:
        found = self._walked.get(routine.spot)
        if found is None:
            found = self._walked[routine.spot] = tuple(visits(self._resolver, routine))
        return found

    def run(self) -> None:
        """Give every part its component, and every body its effects."""
        self._handled()
        by_spot: dict[Spot, list[Found]] = {}
        for found in self._finder.components:
            by_spot.setdefault(found.spot, []).append(found)
        owned: set[int] = set()
        for found in list(self._finder.components):
            for routine in self.bodies_of(found):
                for visit in self._visits(routine):
                    if isinstance(visit, Visit):
                        self._belong(found, visit, by_spot, owned)
        self._graph_values(owned)
        self._alone(owned)
        self._finder.components = [each for each in self._finder.components if id(each) not in self._inner]
        self._behind_gates()
        for found in self._finder.components:
            if found.kind in {"action", "gate", "audit_sink", "agent"}:
                self.effects_of(found)
            if found.kind == "agent":
                found.unknown_effects.clear()

    def _behind_gates(self) -> None:
        """What the body of a gate runs, such as an agent that judges an input, is run for the agent that has the gate."""
        gates = [found for found in self._finder.components if found.kind == "gate"]
        for found in self._finder.components:
            if found.kind == "agent":
                for gate in [link.target for link in found.links if link.link == "guarded_by"]:
                    for link in gate.links if gate is not None else ():
                        if link.link not in _OF_GATES:
                            found.link_to(link)
        for gate in gates:
            gate.links = [link for link in gate.links if link.link in _OF_GATES]

    def _handled(self) -> None:
        """Give the tools of a file without a body the function that runs whichever is asked for."""
        for handler in self._finder.handlers:
            for found in self._finder.components:
                if found.kind == "action" and found.spot.path == handler.spot.path and not found.body:
                    found.body = (handler,)

    def bodies_of(self, found: Found) -> Iterator[Routine]:
        """The functions that a component runs."""
        yield from found.body
        if found.graph is not None:
            for values in found.graph.nodes.values():
                for item in values:
                    yield from _routines(item.value, self._resolver)

    def _graph_values(self, owned: set[int]) -> None:
        """What is a node of a graph itself: tools, another graph, an agent, a model."""
        for found in list(self._finder.components):
            for values in found.graph.nodes.values() if found.graph is not None else ():
                for item in values:
                    inner = self._finder.observe(item.value)
                    if inner is not None and inner is not found:
                        _join(found, inner, owned)

    def _belong(self, owner: Found, visit: Visit, by_spot: dict[Spot, list[Found]], owned: set[int]) -> None:
        """Add to a component what a call in its body is, and what the call is made on."""
        spot = Spot(visit.scope.path, visit.call.span)
        reached = list(by_spot.get(spot, ()))
        for item in visit.targets:
            value: object = item.value
            while isinstance(value, Outside):
                value = value.receiver
                if isinstance(value, Outside) and value.made is not None:
                    inner = self._finder.observe(value)
                    reached += [inner] if inner is not None else []
        for inner in reached:
            if inner is owner:
                continue
            if owner.kind == inner.kind == "action" and isinstance(inner.rule, Rule) and inner.rule.selector == "call":
                self._inner.add(id(inner))
            else:
                _join(owner, inner, owned)

    def _alone(self, owned: set[int]) -> None:
        """Calls that are an agent only where no other component's body holds them; several in one function are one agent."""
        first: dict[tuple[str, tuple[str, ...]], Found] = {}
        for found in list(self._finder.components):
            if not found.alone:
                continue
            if id(found) in owned:
                self._finder.components.remove(found)
                continue
            key = (found.spot.path, found.symbol)
            known = first.setdefault(key, found)
            if known is not found and found.symbol:
                for link in found.links:
                    known.link_to(link)
                known.also.append(found.spot)
                self._finder.components.remove(found)
        for found in self._finder.components:
            agent = (
                first.get((found.spot.path, found.symbol))
                if found.kind == PART and id(found) not in owned and found.symbol
                else None
            )
            if agent is not None:
                _join(agent, found, owned)

    # Effects

    def effects_of(self, found: Found) -> None:
        """Add the effects of a body, and why some may be missing."""
        if isinstance(found.rule, Rule):
            for effect in found.rule.effects:
                found.effects.append(FoundEffect(effect, found.name, found.spot, (), found.detector.shown))
        seen: set[tuple[str, Spot]] = set()
        explained: set[Spot] = set()
        for routine in self.bodies_of(found):
            for visit in self._visits(routine):
                if isinstance(visit, Visit):
                    self._effect(found, visit, seen, explained)
        found.unknown_effects = [each for each in found.unknown_effects if each[1] not in explained]
        first = dict(reversed(found.unknown_effects))
        found.unknown_effects = [(why, spot) for why, spot in found.unknown_effects if first.pop(why, None) is not None]

    def _effect(self, found: Found, visit: Visit, seen: set[tuple[str, Spot]], explained: set[Spot]) -> None:
        spot = Spot(visit.scope.path, visit.call.span)
        if visit.is_cut:
            found.unknown_effects.append(("calls that are followed no further", spot))
        for item in visit.targets:
            match item.value:
                case Outside() as outside:
                    listed = self._listed(outside, visit, spot)
                    if listed:
                        explained |= _chain_of(outside)
                    for effect, detector in listed:
                        if effect == _HARMLESS or (effect, spot) in seen:
                            continue
                        seen.add((effect, spot))
                        found.effects.append(FoundEffect(effect, shown(outside), _method_spot(visit), visit.chain, detector))
                case Unsure(why=why):
                    found.unknown_effects.append((f"a call of {why}", spot))
                case _:
                    pass
        for item in visit.targets:
            if isinstance(item.value, Outside) and self._is_unlisted(item.value, visit, spot):
                found.unknown_effects.append((_unlisted(item.value), spot))

    def _listed(self, outside: Outside, visit: Visit, spot: Spot) -> list[tuple[str, str]]:
        rules = self._finder.rules.effects.find(outside.ecosystem, outside.package, outside.names)
        occurrence = Occurrence(
            outside, spot, visit.scope, arguments_of(self._resolver, visit.call, visit.scope), "", (), outside.receiver
        )
        return [
            (rule.effect, self._finder.rules.detector_of[id(rule)].shown)
            for rule in rules
            if all(holds(self._resolver, occurrence, test) is not False for test in rule.when)
            and not any(holds(self._resolver, occurrence, test) is True for test in rule.unless)
        ]

    def _is_unlisted(self, value: Outside, visit: Visit, spot: Spot) -> bool:
        """Whether no table says what a call does: none names it, or each does so only for other arguments."""
        if self._listed(value, visit, spot) or _is_method_of_own_type(value):
            return False
        if self._finder.rules.effects.find(value.ecosystem, value.package, value.names):
            return True
        root = value.package or (value.names[0] if value.names else "")
        return (value.ecosystem, root) not in _OWN and not self._is_framework(value)

    def _is_framework(self, value: Outside) -> bool:
        """Whether a call is of a framework that a built-in detector is about, such as asking a model, or is a component."""
        root = value.package or (value.names[0] if value.names else "")
        return root in self._frameworks or bool(self._finder.rules.calls.find(value.ecosystem, value.package, value.names))


def _method_spot(visit: Visit) -> Spot:
    """Where the name that is called is: the last line of a chain over several."""
    call, callee = visit.call.span, visit.call.callee
    if not isinstance(callee, Member):
        return Spot(visit.scope.path, call)
    return Spot(visit.scope.path, (callee.span[2], max(callee.span[3] - len(callee.name), 0), call[2], call[3]))


def _chain_of(value: Outside) -> set[Spot]:
    """The calls of the chain that leads to a listed one, which do nothing by themselves."""
    found: set[Spot] = set()
    receiver = value.receiver
    while receiver is not None:
        found.add(receiver.spot)
        receiver = receiver.receiver
    return found


def _is_method_of_own_type(value: Outside) -> bool:
    """Whether a call is a method of a list, a text or the like, which changes nothing outside of the program."""
    if value.ecosystem == "pypi":
        return value.names[:1] == ("builtins",) and len(value.names) > 2
    return (
        value.package == "global"
        and len(value.names) > 1
        and value.names[0] in {"Array", "Object", "String", "Number", "Function"}
    )


def _unlisted(value: Outside) -> str:
    if value.origin is not None:
        return f"a call of '{value.names[-1]}' on {value.origin.why}"
    return f"{shown(value)} is in no table of effects"


def _join(owner: Found, inner: Found, owned: set[int]) -> None:
    """Let a component have what is in its body."""
    if inner.kind == PART or inner.alone:
        if inner.alone and owner.kind not in {"agent", "action"}:
            return
        owned.add(id(inner))
        for link in inner.links:
            owner.link_to(replace(link, link="starts") if owner.kind == "action" and link.link == "delegates_to" else link)
        owner.gates += [gate for gate in inner.gates if gate not in owner.gates]
        return
    if inner.kind == "gate":
        if owner.kind == "agent":
            inner.gates = inner.gates or []
            owner.link_to(FoundLink("guarded_by", inner, "code", spot=inner.spot))
        return
    name = _BELONGS.get(inner.kind)
    if name is not None and owner.kind == "agent":
        owner.link_to(FoundLink(name, inner, "code", spot=inner.spot))
    elif inner.kind == "agent" and owner.kind == "action":
        owner.link_to(FoundLink("starts", inner, "code", spot=inner.spot))


def _routines(value: object, resolver: Resolver) -> Iterator[Routine]:
    """The functions that run where a value is called."""
    match value:
        case Routine():
            yield value
        case Kind() | Object():
            owner = value if isinstance(value, Object) else Object(value, None, None, value.spot)
            for item in resolver.ask_member(owner, "__call__", owner.spot):
                if isinstance(item.value, Routine):
                    yield item.value
        case _:
            return


def shown(value: object) -> str:
    """A callable as detectors write it."""
    if not isinstance(value, Outside):
        return ""
    path = ".".join(value.names)
    return f"{value.package}:{path}" if value.package else path
