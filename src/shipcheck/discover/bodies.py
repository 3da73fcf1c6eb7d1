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
from shipcheck.discover.rule import Rule
from shipcheck.discover.sightings import Found, FoundEffect, FoundLink

_HARMLESS = "none"
# The links that a gate has itself; every other one is of the agent that has the gate.
_OF_GATES = frozenset({"audited_by", "guards"})
_BELONGS = {"agent": "delegates_to", "action": "calls", "model": "runs_on", "tool_server": "connects_to", "prompt": "prompted_by"}


class Bodies:
    """Reads the bodies of what was found."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._resolver = finder.resolver
        self._inner: set[int] = set()
        # Where something is found is known: a gate in a body, or an agent that it makes.
        self._found = {found.spot for found in finder.components if not found.hidden}
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
        elif not visit.targets:
            found.unknown_effects.append(("a call that cannot be followed", spot))
        for item in visit.targets:
            match item.value:
                case Outside() as outside:
                    listed = self._listed(outside, visit, spot)
                    explained |= _chain_of(outside) if listed else set()
                    if not listed and spot not in self._found:
                        found.unknown_effects.append((self._unlisted(outside), spot))
                    for effect, detector in listed:
                        if effect != _HARMLESS and (effect, spot) not in seen:
                            seen.add((effect, spot))
                            found.effects.append(FoundEffect(effect, shown(outside), _method_spot(visit), visit.chain, detector))
                case Unsure(why=why):
                    found.unknown_effects.append((f"a call of {why}", spot))
                case Routine() | Kind() | Object():
                    pass
                case _:
                    found.unknown_effects.append(("a call of a value that is not a function", spot))

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

    def _unlisted(self, value: Outside) -> str:
        """Why it is not known what a call does."""
        path, name = shown(value), value.names[-1] if value.names else ""
        if value.origin is not None:
            return f"a call of '{name}' on {value.origin.why}"
        if name == "__call__":
            return f"a call of what {path.removesuffix('.__call__')} gives"
        if self._finder.rules.effects.find(value.ecosystem, value.package, value.names):
            return f"{path} is in no table of effects for these arguments"
        if path in {f"builtins.{name}", f"global:{name}"}:
            return f"a call of '{name}', which is not defined in the code that was read"
        return f"{path} is in no table of effects"


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
