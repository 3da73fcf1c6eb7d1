"""Finds components in code: each place where a rule applies, and what their links lead to."""

from collections.abc import Iterator

from shipcheck.code.arguments import Handed
from shipcheck.code.asking import Given
from shipcheck.code.form import Call, Class, Expression, Function, Member
from shipcheck.code.members import lineage, methods_of
from shipcheck.code.possible_values import (
    Kind,
    Object,
    Outside,
    Routine,
    Spot,
    Value,
    Values,
    one,
)
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope
from shipcheck.code.sites import Lines, Site, sites_in
from shipcheck.discover.argument_tests import holds
from shipcheck.discover.occurrence import Occurrence, arguments_of, given_to
from shipcheck.discover.plain_values import variable_at
from shipcheck.discover.registrar import Registrar
from shipcheck.discover.rule import Rule
from shipcheck.discover.rule_index import Rules
from shipcheck.discover.shared_lists import SharedLists
from shipcheck.discover.sightings import Found


class Finder(Registrar):
    """Reads modules one after the other, and remembers what was found by its place."""

    def __init__(self, resolver: Resolver, rules: Rules) -> None:
        super().__init__(resolver, rules)
        self.added: dict[tuple[object, ...], dict[str, list[Values]]] = {}
        self.factories: set[tuple[str, str]] = set()
        self.made_by: list[tuple[Found, str, tuple[str, ...]]] = []
        self.steps: list[tuple[Found, str, Occurrence]] = []
        self.lists = SharedLists(resolver, self.follow_again)
        self._read: dict[int, Scope] = {}

    def scan(self, path: str, lines: Lines) -> None:
        """Find every component of one module."""
        scope = self.resolver.repository.top(path)
        form = self.resolver.repository.form(path)
        if scope is None or form is None:
            return
        self._changes(scope)
        for site in sites_in(scope, form.body, lines, self.resolver.rounds):
            self.site(site)

    def site(self, site: Site) -> None:
        """What one place of code is."""
        node = site.node
        spot = Spot(site.scope.path, node.span)
        self.holders.setdefault(spot, (site.holder, site.symbol))
        match node:
            case Call():
                self._call(site)
            case Function():
                self.function(Routine(node, site.scope, spot), site.symbol)
            case Class():
                self.kind(Kind(node, site.scope, spot), site.symbol)

    def _call(self, site: Site) -> None:
        assert isinstance(site.node, Call)  # noqa: S101 - its caller matched
        targets = self.resolver.ask(site.node.callee, site.scope)
        if any(self._may_make(item.value) for item in targets):
            for item in self.resolver.ask(site.node, site.scope):
                found = self.observe(item.value, site.holder, site.symbol)
                if found is not None and found.spot != Spot(site.scope.path, site.node.span):
                    self.made_by.append((found, site.scope.path, site.symbol))
        self._changes(site.scope)

    def _may_make(self, target: Value) -> bool:
        """Whether a call may give something that a detector knows: of functions here, those in which something was found."""
        match target:
            case Outside() | Kind():
                return True
            case Routine(function=function, spot=spot):
                return (spot.path, function.name or variable_at(self.resolver, spot)) in self.factories
            case _:
                return False

    def _changes(self, scope: Scope) -> None:
        """Remember what the body of a site assigns to members of what is found there."""
        if id(scope) in self._read:
            return
        self._read[id(scope)] = scope
        for change in scope.table.changes:
            target = change.target
            self.lists.change(change, scope)
            if not isinstance(target, Member) or not change.values:
                continue
            name = change.name or target.name
            if name not in self.rules.members:
                continue
            for item in self.resolver.ask(target.owner, scope):
                if isinstance(item.value, Outside | Object):
                    added = self.added.setdefault(item.value.identity, {}).setdefault(name, [])
                    added += [self.resolver.ask(value, scope) for value in change.values]
                    self.follow_again(self.by_identity.get(item.value.identity))

    def follow_again(self, found: Found | None) -> None:
        """Look at the links of a component once more, since what they are read from was changed in another module."""
        if found is None or found.occurrence is None or not isinstance(found.rule, Rule):
            return
        if all(each[0] is not found for each in self.pending):
            self.pending.append((found, found.rule, found.occurrence))

    def observe(self, value: Value, holder: str = "", symbol: tuple[str, ...] = ()) -> Found | None:
        """The component that a value is, registered if it is new; None if no rule says that it is one."""
        match value:
            case Outside() if value.made is not None:
                return self._made(value, holder, symbol)
            case Object():
                return self._object(value, holder, symbol)
            case Routine():
                return self.function(value, symbol)
            case Kind():
                return self.kind(value, symbol)
            case _:
                return None

    def _made(self, value: Outside, holder: str, symbol: tuple[str, ...]) -> Found | None:
        key = value.identity
        if key in self.by_identity:
            return self.by_identity[key]
        self.by_identity[key] = None
        occurrence = self._occurrence(value, value.spot, value.scope, holder, symbol)
        occurrence.receiver = value.receiver
        if value.names and value.names[-1] in self.rules.graph_methods:
            graph = self._graph_of(value)
            if graph is not None:
                self.steps.append((graph, value.names[-1], occurrence))
                self.by_identity[key] = graph
                return graph
        rules = self.rules.calls.find(value.ecosystem, value.package, value.names)
        found = self._first(rules, occurrence, value)
        self.by_identity[key] = found
        return found

    def _graph_of(self, value: Outside) -> Found | None:
        """The graph whose builder a method is called on, through a chain of such calls."""
        receiver = value.receiver
        while receiver is not None:
            found = self.observe(receiver)
            if found is not None and found.graph is not None:
                return found
            receiver = receiver.receiver
        return None

    def _object(self, value: Object, holder: str, symbol: tuple[str, ...]) -> Found | None:
        key = ("object", *value.identity)
        if key in self.by_identity:
            return self.by_identity[key]
        self.by_identity[key] = None
        found = self.kind(value.kind, ())
        if found is None and value.call is not None:
            base = next((each for each in lineage(self.resolver, value.kind) if isinstance(each, Outside)), None)
            if base is not None:
                rules = self.rules.calls.find(base.ecosystem, base.package, base.names)
                of_class = bool(rules) and all(rule.finds == "action" for rule in rules)
                spot, name = (value.kind.spot, value.kind.definition.name) if of_class else (value.spot, holder)
                occurrence = self._occurrence(value, spot, value.scope, name, symbol)
                found = self._first(rules, occurrence, base)
        self.by_identity[key] = found
        return found

    def _occurrence(self, value: Value, spot: Spot, scope: Scope | None, holder: str, symbol: tuple[str, ...]) -> Occurrence:
        known = self.holders.get(spot)
        if known is not None:
            holder, symbol = known[0] or holder, known[1] or symbol
        identity = getattr(value, "identity", ())
        added = self.added.setdefault(identity, {}) if identity else {}
        return Occurrence(value, spot, scope, given_to(self.resolver, value), holder, symbol, added=added, identity=identity)

    def _first(self, rules: tuple[Rule, ...], occurrence: Occurrence, origin: Outside) -> Found | None:
        """The component of the first rule that applies; every other rule that applies adds what it says."""
        first: Found | None = None
        for rule in rules:
            if not self.applies(rule, occurrence):
                continue
            found = self.register(rule, occurrence, origin)
            first = first or found
        return first

    def applies(self, rule: Rule, occurrence: Occurrence) -> bool:
        """Whether the conditions of a rule hold; what is not known counts as holding."""
        return all(holds(self.resolver, occurrence, test) is not False for test in rule.when) and not any(
            holds(self.resolver, occurrence, test) is True for test in rule.unless
        )

    def function(self, routine: Routine, symbol: tuple[str, ...]) -> Found | None:
        """The component that a decorated function is."""
        key = ("function", routine.spot)
        if key in self.by_identity:
            return self.by_identity[key]
        self.by_identity[key] = None
        function = routine.function
        known = self.holders.get(routine.spot)
        around = known[1] if known else symbol
        first: Found | None = None
        for decorator in function.decorators:
            for occurrence, outside in self._decorated(
                decorator, routine, routine.scope, (function.name or (known[0] if known else "")), around
            ):
                for rule in self.rules.decorators.find(outside.ecosystem, outside.package, outside.names):
                    if self.applies(rule, occurrence):
                        found = self.register(rule, occurrence, outside)
                        first = first or found
        self.by_identity[key] = first
        return first

    def _decorated(
        self, decorator: Expression, value: Routine | Kind, scope: Scope, name: str, symbol: tuple[str, ...]
    ) -> Iterator[tuple[Occurrence, Outside]]:
        for target, given in self._decorators(decorator, value, scope):
            yield Occurrence(value, value.spot, scope, given, name, symbol, target.receiver), target

    def _decorators(self, decorator: Expression, value: Routine | Kind, scope: Scope) -> Iterator[tuple[Outside, Given | None]]:
        """What of packages decorates a function or class, and the arguments that it was given, in functions here too."""
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        for item in self.resolver.ask(callee, scope):
            target = item.value
            if isinstance(target, Outside) and isinstance(decorator, Call):
                yield target, arguments_of(self.resolver, decorator, scope)
            elif isinstance(target, Outside):
                yield target, given_to(self.resolver, target)
            elif isinstance(target, Routine):
                yield from self._handed_out(decorator, target, value, scope)

    def _handed_out(
        self, decorator: Expression, target: Routine, value: Routine | Kind, scope: Scope
    ) -> Iterator[tuple[Outside, Given | None]]:
        """What a function here makes of what it decorates, or gives as the decorator."""
        if isinstance(decorator, Call):
            made = self.resolver.ask(decorator, scope)
        else:
            made = self.resolver.call(target, Handed((one(value),), value.spot, identity=(value.spot,)), value.spot)
        for item in made:
            if isinstance(item.value, Outside) and item.value.made is not None:
                yield item.value, given_to(self.resolver, item.value)

    def kind(self, kind: Kind, symbol: tuple[str, ...]) -> Found | None:
        """The component that a class is, by a decorator or by what it extends."""
        key = ("class", kind.spot)
        if key in self.by_identity:
            return self.by_identity[key]
        self.by_identity[key] = None
        known = self.holders.get(kind.spot)
        around = known[1] if known else symbol
        first: Found | None = None
        for decorator in kind.definition.decorators:
            for occurrence, outside in self._decorated(decorator, kind, kind.scope, kind.definition.name, around):
                for rule in self.rules.decorators.find(outside.ecosystem, outside.package, outside.names):
                    if self.applies(rule, occurrence):
                        found = self.register(rule, occurrence, outside)
                        first = first or found
        for base in lineage(self.resolver, kind):
            if isinstance(base, Outside):
                first = first or self._extends(kind, base, around)
        for base in self._interfaces(kind):
            first = first or self._extends(kind, base, around)
        self.by_identity[key] = first
        return first

    def _interfaces(self, kind: Kind) -> Iterator[Outside]:
        """What a class promises to implement."""
        for base in kind.definition.bases:
            if base.name == "implements":
                for item in self.resolver.ask(base.value, kind.scope):
                    if isinstance(item.value, Outside):
                        yield item.value

    def _extends(self, kind: Kind, base: Outside, around: tuple[str, ...]) -> Found | None:
        value = Object(kind, None, None, kind.spot)
        name = kind.definition.name
        occurrence = Occurrence(value, kind.spot, kind.scope, given_to(self.resolver, value), name, around)
        inner = kind.scope.inside(kind.definition)
        first: Found | None = None
        for rule in self.rules.bases.find(base.ecosystem, base.package, base.names):
            if not self.applies(rule, occurrence):
                continue
            found = self.register(rule, occurrence, base)
            if found is not None and not found.body:
                bodies = [each for each in methods_of(inner) if each.name in rule.methods]
                found.body = tuple(Routine(each, inner, Spot(inner.path, each.span), value) for each in bodies)
            first = first or found
        for rule in self.rules.method_bases.find(base.ecosystem, base.package, base.names):
            for method in methods_of(inner):
                if not method.name.startswith("_") and method.name != "constructor":
                    routine = Routine(method, inner, Spot(inner.path, method.span), value)
                    each = Occurrence(routine, routine.spot, inner, None, method.name, (*around, name))
                    self.register(rule, each, base)
        return first
