"""Adds components to what was found: their kind, name, place and body, each once."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from shipcheck.code.possible_values import (
    Kind,
    Listed,
    Literal,
    Object,
    Outside,
    Recorded,
    Routine,
    Spot,
    Unsure,
    Value,
    Values,
    not_known,
)
from shipcheck.code.resolver import Resolver
from shipcheck.discover.argument_tests import holds
from shipcheck.discover.branches import branches_by
from shipcheck.discover.occurrence import Occurrence, RecordGiven, enclosing_name, given_to, value_at
from shipcheck.discover.rule import Detector, Rule
from shipcheck.discover.rule_index import Rules
from shipcheck.discover.sightings import Found, FoundLink, Graph
from shipcheck.model.observed import AMBIGUOUS, CALLER, CERTAIN, CODE, LIKELY

# Kinds whose place is that of the literal that names them, since one literal may be used in many calls.
NAMED_BY_LITERAL = frozenset({"model"})
# What is found only for its links, which belong to the component whose body holds the call.
PART = "part"
_LOOSE = "**"
_LONGEST = 200


class Registrar(ABC):
    """The components so far. `holders` are the variable and the names around each place; `pending` are links to follow.

    `handlers` run every tool that the same file offers and that has no body of its own. `makers` are functions and classes in
    which something is made, by file and name: every module that uses one is read too.
    """

    def __init__(self, resolver: Resolver, rules: Rules) -> None:
        self.resolver = resolver
        self.rules = rules
        self.components: list[Found] = []
        self.by_identity: dict[tuple[object, ...], Found | None] = {}
        self.holders: dict[Spot, tuple[str, tuple[str, ...]]] = {}
        self.makers: set[tuple[str, str]] = set()
        self.pending: list[tuple[Found, Rule, Occurrence]] = []
        self.handlers: list[Routine] = []

    @abstractmethod
    def observe(self, value: Value, holder: str = "", symbol: tuple[str, ...] = ()) -> Found | None:
        """The component that a value is; None if no rule says that it is one."""

    def register(self, rule: Rule, occurrence: Occurrence, origin: Outside) -> Found | None:
        """Add the component that a rule finds, and queue its links."""
        confidence = AMBIGUOUS if origin.ambiguous else LIKELY if _is_loose(rule, origin) else CERTAIN
        if rule.each:
            return self._register_each(rule, occurrence, confidence)
        if rule.dispatch:
            return self._register_dispatched(rule, occurrence, confidence)
        if rule.finds in NAMED_BY_LITERAL:
            return self._register_named(rule, occurrence, confidence)
        same = self._same(rule, occurrence)
        found = same or self._new(rule, occurrence, confidence)
        if same is not None:
            name, _ = self._name(rule, occurrence)
            same.names += [name] if name else []
        self.pending.append((found, rule, occurrence))
        self._remember_maker(occurrence)
        return found

    def _new(self, rule: Rule, occurrence: Occurrence, confidence: str) -> Found:
        name, generic = self._name(rule, occurrence)
        detector = self.rules.detector_of[id(rule)]
        found = Found(
            rule.finds, name, occurrence.spot, occurrence.symbol, detector, confidence, rule, occurrence, generic=generic
        )
        found.hidden = rule.finds == PART
        found.alone = rule.alone
        found.graph = Graph() if rule.graph else None
        found.body = tuple(self._bodies(rule, occurrence))
        self.components.append(found)
        for implied in rule.implies:
            symbol = (*occurrence.symbol, occurrence.holder, implied.role)
            part = Found(implied.kind, implied.name, occurrence.spot, symbol, detector, confidence, None)
            self.components.append(part)
            found.link_to(FoundLink(implied.link, part, CODE, spot=occurrence.spot))
        return found

    def _same(self, rule: Rule, occurrence: Occurrence) -> Found | None:
        """The component that a call only adds to."""
        for item in value_at(self.resolver, occurrence, rule.same) or () if rule.same else ():
            found = self.observe(item.value)
            if found is not None and found.kind == rule.finds:
                return found
        return None

    def _register_named(self, rule: Rule, occurrence: Occurrence, confidence: str) -> Found:
        """The components of the literals that name it; without one, a placeholder that no report shows."""
        detector = self.rules.detector_of[id(rule)]
        values = value_at(self.resolver, occurrence, rule.take.name)
        first: Found | None = None
        for each in self.named_by_literal(rule.finds, values, detector, confidence, rule):
            first = first or each
        return first or Found(
            rule.finds, "", occurrence.spot, occurrence.symbol, detector, confidence, rule, occurrence, hidden=True
        )

    def _register_each(self, rule: Rule, occurrence: Occurrence, confidence: str) -> Found | None:
        first: Found | None = None
        for value, key in _items(value_at(self.resolver, occurrence, rule.each) or ()):
            given = RecordGiven(value) if isinstance(value, Recorded) else given_to(self.resolver, value)
            inner = Occurrence(value, value.spot, occurrence.scope, given, key, occurrence.symbol, occurrence.receiver)
            if not all(holds(self.resolver, inner, test) is not False for test in rule.take.when):
                continue
            name = key if rule.take.name == (("key",),) else self._name(rule, inner)[0]
            known = ("each", rule.finds, getattr(occurrence.receiver, "identity", occurrence.spot), name)
            found = self.by_identity.get(known)
            if found is None:
                found = self._new(rule, inner, confidence)
                found.name = name or found.name
                self.by_identity[known] = found
            self.pending.append((found, rule, inner))
            first = first or found
        return first

    def _register_dispatched(self, rule: Rule, occurrence: Occurrence, confidence: str) -> Found | None:
        """One component for each name that a function branches on, with that branch as its body."""
        first: Found | None = None
        for routine in self._bodies(rule, occurrence):
            branches = list(branches_by(self.resolver, routine, rule.dispatch))
            self.handlers += [] if branches else [routine]
            for name, body in branches:
                found = next(
                    (
                        each
                        for each in self.components
                        if (each.kind, each.name, each.spot.path) == (rule.finds, name, routine.spot.path)
                    ),
                    None,
                )
                if found is None:
                    inner = Occurrence(body, body.spot, occurrence.scope, None, name, occurrence.symbol, occurrence.receiver)
                    found = self._new(rule, inner, confidence)
                    found.name = name
                    self.pending.append((found, rule, inner))
                found.body = (body,)
                first = first or found
        return first

    def _remember_maker(self, occurrence: Occurrence) -> None:
        """A function or class in which something is made: every module that uses it is read too."""
        names = [*occurrence.symbol, occurrence.holder]
        self.makers |= {(occurrence.spot.path, name) for name in names if name}

    def _name(self, rule: Rule, occurrence: Occurrence) -> tuple[str, bool]:
        """The name, and whether a caller decides it, so that each caller makes a component of its own."""
        values = value_at(self.resolver, occurrence, rule.take.name) if rule.take.name else None
        for item in values or ():
            match item.value:
                case Literal(value=str() as text, computed=False) if text.strip():
                    return text.strip(), False
                case Routine(function=function) if function.name:
                    return function.name, False
                case Kind(definition=definition):
                    return definition.name, False
        generic = any((unknown := not_known(item.value)) is not None and unknown.how == CALLER for item in values or ())
        last = _last_name(occurrence.value) if rule.finds == "action" else ""
        return occurrence.holder or last or enclosing_name(occurrence) or _last_name(occurrence.value), generic

    def _bodies(self, rule: Rule, occurrence: Occurrence) -> Iterator[Routine]:
        if rule.take.body:
            for item in value_at(self.resolver, occurrence, rule.take.body) or ():
                if isinstance(item.value, Routine):
                    yield item.value
        elif isinstance(occurrence.value, Routine):
            yield occurrence.value

    def named_by_literal(
        self, kind: str, values: Values | None, detector: Detector, confidence: str, rule: Rule | None
    ) -> Iterator[Found]:
        """A component for each literal that may name it, at the place of the literal."""
        for item in values or ():
            text = item.value.value if isinstance(item.value, Literal) and not item.value.computed else None
            if not isinstance(text, str) or not text.strip() or len(text) > 200 or any(char.isspace() for char in text.strip()):
                continue
            key = (kind, item.value.spot, text)
            found = self.by_identity.get(key)
            if found is None:
                known = self.holders.get(item.value.spot)
                found = Found(kind, text.strip(), item.value.spot, known[1] if known else (), detector, confidence, rule)
                self.by_identity[key] = found
                self.components.append(found)
            yield found


def _items(values: Values) -> Iterator[tuple[Value, str]]:
    """Every item of lists and records, with the key of the record."""
    for item in values:
        match item.value:
            case Listed(items=items):
                for element in items:
                    yield from _items(element.values)
            case Recorded(fields=fields) if fields and all(
                isinstance(each.value, Recorded | Outside | Object) for entry in fields for each in entry.values
            ):
                for entry in fields:
                    for each in entry.values:
                        yield each.value, entry.key or ""
            case Unsure() | Literal():
                pass
            case value:
                yield value, ""


def _is_loose(rule: Rule, origin: Outside) -> bool:
    """Whether a rule matches by the name of a method alone."""
    return all(each.names and each.names[0] == _LOOSE for each in rule.callables) or (not origin.names)


def _last_name(value: Value) -> str:
    match value:
        case Outside(names=names) if names:
            return names[-1]
        case Routine(function=function):
            return function.name
        case Kind(definition=definition) | Object(kind=Kind(definition=definition)):
            return definition.name
        case _:
            return ""
