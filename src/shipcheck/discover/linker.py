"""Follows the links of what was found: to other components, to what they make of a plain value, or to the reason why not."""

from collections.abc import Iterator, Mapping

from shipcheck.code.possible_values import (
    CODE,
    Alternative,
    Kind,
    Listed,
    Literal,
    Module,
    Object,
    Outside,
    Recorded,
    Routine,
    Spot,
    Unsure,
    Values,
    conditional,
    not_known,
)
from shipcheck.discover.argument_tests import holds
from shipcheck.discover.candidates import add_gate
from shipcheck.discover.finder import Finder
from shipcheck.discover.match_callable import matches
from shipcheck.discover.occurrence import Occurrence, RecordGiven, given_to, value_at
from shipcheck.discover.plain_values import identity_of, in_record, may_become, name_of, variable_at
from shipcheck.discover.registrar import NAMED_BY_LITERAL
from shipcheck.discover.rule import LinkSpec, Rule, Take
from shipcheck.discover.sightings import Found, FoundLink
from shipcheck.model.observed import CERTAIN, LIKELY

_MAX_TARGETS = 400
_DEPTH = 6
# Where a framework takes agents and servers as tools, the link is the one that the vocabulary has for them.
_INSTEAD = {("calls", "agent"): "delegates_to", ("calls", "tool_server"): "connects_to", ("delegates_to", "action"): "calls"}
_BY_TEXT = frozenset({"agent", "action", "tool_server"})


class Linker:
    """Links of components that a finder found, until no new component appears."""

    def __init__(self, finder: Finder, kinds: Mapping[str, frozenset[str]]) -> None:
        self._finder = finder
        self._kinds = kinds
        self._resolver = finder.resolver

    def run(self) -> None:
        """Follow every link that is queued, and those of what they lead to."""
        while self._finder.pending:
            self._follow(*self._finder.pending.pop(0))

    def _follow(self, found: Found, rule: Rule, occurrence: Occurrence) -> None:
        self._take(found, occurrence, rule.take)
        self._joins(found, rule, occurrence)
        self._guards(found, rule, occurrence)
        for item in value_at(self._resolver, occurrence, rule.of) or () if rule.of else ():
            owner = self._owner(item.value)
            if owner is not None and owner is not found:
                for link in found.links:
                    owner.link_to(link)
                owner.gates += [gate for gate in found.gates if gate not in owner.gates]
        for item in value_at(self._resolver, occurrence, rule.inherits) or () if rule.inherits else ():
            parent = self._finder.observe(item.value)
            if parent is not None and parent is not found:
                self._inherit(found, parent)

    def _guards(self, found: Found, rule: Rule, occurrence: Occurrence) -> None:
        """Link a gate to what it says that it guards."""
        for item in value_at(self._resolver, occurrence, rule.guards) or () if rule.guards else ():
            target = self._finder.observe(item.value)
            text = item.value.value if isinstance(item.value, Literal) and isinstance(item.value.value, str) else ""
            if target is not None or text:
                named = "" if target is not None else text
                found.link_to(FoundLink("guards", target, item.how, "", item.when, item.value.spot, named))

    def _inherit(self, found: Found, parent: Found) -> None:
        """Take over what is not given, once the parent's links are known."""
        self.run_one(parent)
        own = {link.link for link in found.links}
        for link in parent.links:
            if link.link not in own:
                found.link_to(link)
        for name, values in parent.fields.items():
            found.fields.setdefault(name, list(values))

    def _take(self, found: Found, occurrence: Occurrence, take: Take) -> None:
        for name, place in take.fields:
            values = value_at(self._resolver, occurrence, place)
            if values is not None:
                known = found.fields.setdefault(name, [])
                known += [each for each in values if each not in known]
        for name, value in take.constants:
            found.fields.setdefault(name, [Alternative(Literal(value, occurrence.spot))])
        for spec in take.links:
            values = value_at(self._resolver, occurrence, spec.at)
            if values is not None:
                for link in self.targets(values, spec, found):
                    name = self._legal(spec, link.target)
                    if name:
                        link.link = name
                        found.link_to(link)
        for gate in take.gates:
            add_gate(self._resolver, found, occurrence, gate)

    def _joins(self, found: Found, rule: Rule, occurrence: Occurrence) -> None:
        """Link the component that a method is called on to what its rule found."""
        for link, place in rule.joins:
            for item in value_at(self._resolver, occurrence, place) or ():
                owner = self._owner(item.value)
                if owner is not None and owner is not found:
                    owner.link_to(FoundLink(link, found, item.how, "", item.when, occurrence.spot))

    def _owner(self, value: object) -> Found | None:
        """The component that a value is, or that it is a member of."""
        while isinstance(value, Outside):
            found = self._finder.observe(value)
            if found is not None:
                return found
            value = value.receiver
        return self._finder.observe(value) if isinstance(value, Object | Kind | Routine) else None

    def _legal(self, spec: LinkSpec, target: Found | None) -> str:
        """The link that leads to that kind; empty if none does, so that a place read for agents skips the tools."""
        if target is None or target.kind in self._kinds.get(spec.link, frozenset()) or target.kind == spec.becomes:
            return spec.link
        return _INSTEAD.get((spec.link, target.kind), "") if spec.becomes else ""

    # Targets

    def targets(self, values: Values, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        """The links that the values at a place are."""
        self._finder.lists.read(values, owner)
        for count, (item, name) in enumerate(self._flat(values, spec, _DEPTH)):
            if count > _MAX_TARGETS:
                yield FoundLink(spec.link, None, "unknown", "more targets than are followed", (), item.value.spot)
                return
            yield from self._target(item, name, spec, owner)

    def _flat(self, values: Values, spec: LinkSpec, depth: int, name: str = "") -> Iterator[tuple[Alternative, str]]:
        """Every single value in lists and records, with the key that names it.

        Where a name may be of a package or of a module here, and a detector knows it as the package's, that reading is followed.
        """
        known = [
            item
            for item in values
            if isinstance(item.value, Outside) and item.value.ambiguous and self._finder.observe(item.value)
        ]
        for item in known or values:
            value = item.value
            for added in self._finder.lists.added_to(value.spot) if depth else ():
                yield from self._flat(conditional(added, item.when), spec, depth - 1, name)
            if isinstance(value, Listed) and depth:
                for element in value.items:
                    yield from self._flat(conditional(element.values, (*item.when, *element.when)), spec, depth - 1, name)
                if value.open:
                    yield Alternative(Unsure("unknown", value.open, value.spot), "unknown", item.when), name
            elif isinstance(value, Recorded) and depth and not self._is_item(value, spec):
                for entry in value.fields:
                    yield from self._flat(
                        conditional(entry.values, (*item.when, *entry.when)), spec, depth - 1, entry.key or name
                    )
                if value.open:
                    yield Alternative(Unsure("unknown", value.open, value.spot), "unknown", item.when), name
            else:
                yield item, name

    def _is_item(self, value: Recorded, spec: LinkSpec) -> bool:
        """Whether a record is a component of its own, and no collection of them: it has a key that one would have."""
        take = spec.take
        if take is None:
            return False
        places = [
            take.name,
            take.body,
            *(at for _, at in take.fields),
            *(each.at for each in take.links),
            *(each.at for each in take.gates),
        ]
        return any(in_record(value, path) for place in places for path in place)

    def _target(self, item: Alternative, name: str, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        value = item.value
        if isinstance(value, Literal) and (value.value is None or isinstance(value.value, bool | int | float)):
            return
        if isinstance(value, Module):
            item = self._of_module(item, value)
        for unwrapped in self._unwrapped(item, spec):
            yield from self._resolved(unwrapped, name, spec, owner)

    def _of_module(self, item: Alternative, value: Module) -> Alternative:
        """A module in place of what it holds is its function of the same name."""
        stem = value.path.removesuffix("/__init__.py").rpartition("/")[2].partition(".")[0]
        for each in self._resolver.ask_member(value, stem, value.spot):
            if isinstance(each.value, Routine):
                return item._replace(value=each.value)
        return item._replace(value=Unsure("unknown", f"the module {value.path}", value.spot))

    def _unwrapped(self, item: Alternative, spec: LinkSpec) -> Iterator[Alternative]:
        value = item.value
        if isinstance(value, Outside):
            for unwrap in spec.unwrap:
                if matches(unwrap.callable, value.ecosystem, value.package, value.names):
                    occurrence = Occurrence(
                        value, value.spot, value.scope, given_to(self._resolver, value), "", (), value.receiver
                    )
                    inner = value_at(self._resolver, occurrence, unwrap.at)
                    if inner:
                        for each, _ in self._flat(conditional(inner, item.when), spec, _DEPTH):
                            yield from self._unwrapped(each, spec)
                        return
        yield item

    def _resolved(self, item: Alternative, name: str, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        value = item.value
        unknown = not_known(value)
        if isinstance(value, Recorded) and spec.take is not None:
            yield from self._from_written(item, value, name, spec, owner)
        elif isinstance(value, Literal):
            yield from self._from_text(item, spec, owner)
        elif unknown is not None and self._finder.observe(value, name) is None:
            yield FoundLink(spec.link, None, unknown.how, unknown.why, item.when, value.spot)
        else:
            yield from self._observed(item, name, spec, owner)

    def _from_written(self, item: Alternative, value: Recorded, name: str, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        """The links to what a record is: a component, or the prompts of a message."""
        take = spec.take
        if take is None or not self._is_meant(value, take):
            return
        if spec.becomes == "prompt" and take.body:
            yield from self._prompts_of(value, item, take, spec.link, owner)
        else:
            yield FoundLink(spec.link, self._from_record(value, name, spec, owner), item.how, "", item.when, value.spot)

    def _observed(self, item: Alternative, name: str, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        """The link to the component that a value is, or becomes."""
        value = item.value
        found = self._finder.observe(value, name)
        if found is None and isinstance(value, Outside) and value.made is not None:
            found = self._owner_of_copy(value)
        found = found or self._become(item, name, spec, owner)
        if found is None:
            if spec.becomes not in {"prompt", ""}:
                yield FoundLink(spec.link, None, "unknown", "a value that no detector knows", item.when, value.spot)
            return
        found.name = found.name or name
        found.names += [name] if name and name not in found.names else []
        if found.hidden:
            yield from self._through_hidden(found, spec, item)
        else:
            yield FoundLink(spec.link, found, item.how, "", item.when, value.spot)

    def _is_meant(self, value: Recorded, take: Take) -> bool:
        """Whether a record passes the tests for what is taken from it."""
        occurrence = Occurrence(value, value.spot, None, RecordGiven(value), "", ())
        return all(holds(self._resolver, occurrence, test) is not False for test in take.when) and not any(
            holds(self._resolver, occurrence, test) is True for test in take.unless
        )

    def _prompts_of(self, value: Recorded, item: Alternative, take: Take, link: str, owner: Found) -> Iterator[FoundLink]:
        """The prompts that a message is: the texts of its body."""
        occurrence = Occurrence(value, value.spot, None, RecordGiven(value), "", ())
        for each in value_at(self._resolver, occurrence, take.body) or ():
            if isinstance(each.value, Literal) and isinstance(each.value.value, str):
                yield FoundLink(link, self._prompt(each.value, owner), each.how, "", (*item.when, *each.when), each.value.spot)

    def _through_hidden(self, found: Found, spec: LinkSpec, item: Alternative) -> Iterator[FoundLink]:
        """What is read in place of something else: a set of tools for the tools, a model without a literal for the reason."""
        values = value_at(self._resolver, found.occurrence, found.rule.take.name) if found.occurrence and found.rule else None  # type: ignore[union-attr]
        reasons = [each.value.why for each in values or () if isinstance(each.value, Unsure)]
        if found.rule is not None and getattr(found.rule, "finds", "") in NAMED_BY_LITERAL:
            how = next((each.how for each in values or () if isinstance(each.value, Unsure)), "unknown")
            yield FoundLink(spec.link, None, how, reasons[0] if reasons else "no name is given", item.when, item.value.spot)
            return
        self.run_one(found)
        yield from (link for link in found.links if link.link == spec.link)

    def run_one(self, found: Found) -> None:
        """Follow the links of one component now."""
        queued = [each for each in self._finder.pending if each[0] is found]
        for each in queued:
            self._finder.pending.remove(each)
            self._follow(*each)

    def _owner_of_copy(self, value: Outside) -> Found | None:
        """What a method of a component gives is taken for that component, such as a model with options."""
        receiver = value.receiver
        while receiver is not None:
            found = self._finder.observe(receiver)
            if found is not None and found.kind in {"model", "set", "agent", "action"}:
                return found
            receiver = receiver.receiver
        return None

    def _become(self, item: Alternative, name: str, spec: LinkSpec, owner: Found) -> Found | None:
        """The component that a plain value at the place of a link is."""
        value = item.value
        if not spec.becomes or spec.becomes == "model":
            return None
        if isinstance(value, Outside) and not may_become(value, spec.becomes):
            return None
        key = (spec.becomes, *identity_of(value))
        known = self._finder.by_identity.get(key)
        if known is not None:
            return known
        body = (value,) if isinstance(value, Routine) else ()
        confidence = CERTAIN if body else LIKELY
        shown = name_of(value) or name
        spot = item.value.spot
        found = Found(spec.becomes, shown, spot, self._symbol(spot), owner.detector, confidence, None, body=body)
        self._finder.by_identity[key] = found
        self._finder.components.append(found)
        return found

    def _symbol(self, spot: Spot) -> tuple[str, ...]:
        known = self._finder.holders.get(spot)
        return known[1] if known else ()

    def _from_text(self, item: Alternative, spec: LinkSpec, owner: Found) -> Iterator[FoundLink]:
        value = item.value
        assert isinstance(value, Literal)  # noqa: S101 - its caller matched
        text = value.value if isinstance(value.value, str) else ""
        if spec.becomes in NAMED_BY_LITERAL:
            for found in self._finder.named_by_literal(spec.becomes, (item,), owner.detector, CERTAIN, None):
                yield FoundLink(spec.link, found, item.how, "", item.when, value.spot)
            return
        if spec.becomes == "prompt":
            yield FoundLink(spec.link, self._prompt(value, owner), item.how, "", item.when, value.spot)
            return
        if text and len(text) <= 100 and not any(char.isspace() for char in text) and spec.becomes in _BY_TEXT | {""}:
            yield FoundLink(spec.link, None, CODE, "", item.when, value.spot, text=text, becomes=spec.becomes)

    def resolve_texts(self) -> None:
        """Replace names in texts by the components that have them; a tool that no component is becomes one of its own."""
        by_name: dict[str, list[Found]] = {}
        for found in self._finder.components:
            for name in {found.name, *found.names}:
                by_name.setdefault(name, []).append(found)
        for found in list(self._finder.components):
            for link in found.links:
                if link.text and link.target is None:
                    link.target = self._named(link, found, by_name)

    def _named(self, link: FoundLink, owner: Found, by_name: dict[str, list[Found]]) -> Found | None:
        kinds = self._kinds.get(link.link, frozenset())
        known = [each for each in by_name.get(link.text, []) if (each.kind in kinds or not kinds) and not each.hidden]
        near = [each for each in known if each.spot.path == owner.spot.path]
        if near or len(known) == 1:
            return (near or known)[0]
        if link.becomes != "action" or link.spot is None or known or link.text.startswith("mcp__"):
            return None
        found = Found("action", link.text, link.spot, (), owner.detector, LIKELY, None)
        by_name.setdefault(link.text, []).append(found)
        self._finder.components.append(found)
        return found

    def _prompt(self, value: Literal, owner: Found) -> Found:
        key = ("prompt", value.spot)
        found = self._finder.by_identity.get(key)
        if found is None:
            name = variable_at(self._resolver, value.spot) or f"{owner.name} instructions"
            found = Found("prompt", name, value.spot, (), owner.detector, CERTAIN, None)
            found.fields["length"] = [Alternative(Literal(len(str(value.value)), value.spot))]
            self._finder.by_identity[key] = found
            self._finder.components.append(found)
        return found

    def _from_record(self, value: Recorded, name: str, spec: LinkSpec, owner: Found) -> Found | None:
        """A component that is written as a record."""
        take = spec.take
        kind = spec.becomes or "agent"
        key = (kind, "record", value.spot)
        found = self._finder.by_identity.get(key)
        if found is not None or take is None:
            return found
        occurrence = Occurrence(value, value.spot, None, RecordGiven(value), name, ())
        shown = name
        for item in value_at(self._resolver, occurrence, take.name) or () if take.name else ():
            if isinstance(item.value, Literal) and isinstance(item.value.value, str):
                shown = item.value.value
        if not (shown or name):
            return None
        found = Found(kind, shown or name, value.spot, self._symbol(value.spot), owner.detector, CERTAIN, None, occurrence)
        if take.body:
            found.body = tuple(
                item.value for item in value_at(self._resolver, occurrence, take.body) or () if isinstance(item.value, Routine)
            )
        self._finder.by_identity[key] = found
        self._finder.components.append(found)
        self._take(found, occurrence, take)
        return found
