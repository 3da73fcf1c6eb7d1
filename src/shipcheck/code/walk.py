"""Every call that a body makes, and that the functions make which it calls, with the chain of calls that leads there."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from shipcheck.code import known_calls
from shipcheck.code.arguments import Arguments, Handed, bind
from shipcheck.code.asking import Given
from shipcheck.code.children import children
from shipcheck.code.form import Block, Call, Class, Comprehension, Context, Expression, Function, Member, Name
from shipcheck.code.members import CONSTRUCTORS, lineage, methods_of, reads_as_value
from shipcheck.code.possible_values import CODE, Alternative, Kind, Object, Outside, Routine, Spot, extended, not_known, path_of
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope

MAX_DEPTH = 3
MAX_VISITS = 2_000
# A function that many calls lead to is entered this often, since most of what it does is the same for each.
MAX_ENTRIES = 3
MAX_TARGETS = 6
# What a context runs when it is entered and left.
_ENTERED = ("__enter__", "__exit__", "__aenter__", "__aexit__")


class Visit(NamedTuple):
    """One call: what may be called, and the calls on the way from the body."""

    call: Call
    scope: Scope
    targets: tuple[Alternative, ...]
    chain: tuple[tuple[str, Spot], ...]
    is_cut: bool


class Body(NamedTuple):
    """A function that was entered."""

    routine: Routine
    chain: tuple[tuple[str, Spot], ...]


def visits(resolver: Resolver, routine: Routine) -> Iterator[Visit | Body]:
    """Every call of a body, depth first in the order written. What is called more than `MAX_DEPTH` calls away is not entered."""
    scope = routine.scope.inside(routine.function)
    try:
        yield from _Walk(resolver).routine(routine, scope, (), frozenset())
    except RecursionError:
        span = routine.function.span
        scope.too_deep.append(span)
        yield Visit(Call(Name(routine.function.name, span), (), makes=False, span=span), scope, (), (), is_cut=True)


class _Walk:
    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._left = MAX_VISITS
        self._entries: dict[int, int] = {}

    def routine(
        self, routine: Routine, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        yield Body(routine, chain)
        yield from self._block(routine.function.body, scope, chain, inside | {id(routine.function)})

    def _block(
        self, body: Block, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        for statement in body.statements:
            yield from self._node(statement, scope, chain, inside)

    def _node(
        self, node: Any, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        match node:
            case Block():
                yield from self._block(node, scope, chain, inside)
            case Function():
                yield from self._block(node.body, scope.inside(node), chain, inside)
            case Class():
                return
            case Comprehension():
                for repeat in node.repeats:
                    yield from self._node(repeat.source, scope, chain, inside)
                for inner in self._resolver.rounds(node, scope):
                    yield from self._node(node.element, inner, chain, inside)
            case _:
                for child in children(node):
                    yield from self._node(child, scope, chain, inside)
                yield from self._run(node, scope, chain, inside)

    def _run(
        self, node: Any, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        """What runs at a node itself, behind its parts."""
        match node:
            case Call():
                yield from self._call(node, scope, chain, inside)
            case Member(owner=owner, name=name):
                yield from self._silent(owner, (name,), scope, chain, inside)
            case Context(value=value):
                yield from self._silent(value, _ENTERED, scope, chain, inside)
            case _:
                pass

    def _call(
        self, call: Call, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        self._left -= 1
        if self._left < 0:
            if self._left == -1:
                yield Visit(call, scope, (), chain, is_cut=True)
            return
        targets = tuple(
            item._replace(value=_as_called(item.value)) if isinstance(item.value, Outside) else item
            for item in self._resolver.ask(call.callee, scope)
        )
        deep = len(chain) >= MAX_DEPTH
        local = [item for item in targets if isinstance(item.value, Routine | Kind | Object)]
        yield Visit(call, scope, targets, chain, is_cut=bool(local) and (deep or len(local) > MAX_TARGETS))
        if not deep:
            for item in (*local[:MAX_TARGETS], *self._passed_on(targets, call, scope)):
                yield from self._into(item, call, scope, chain, inside)

    def _into(
        self, item: Alternative, call: Call, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        """What the functions make that a call enters; a cut where that is not followed, so that nothing is taken for known."""
        entered = self._resolver.attempt(partial(self._all_entered, item, call, scope), scope.path)
        spot = Spot(scope.path, call.span)
        for routine, inner in entered or ():
            count = self._entries.get(id(routine.function), 0)
            if id(routine.function) in inside or (count and not _is_telling(inner)):
                continue
            if count >= MAX_ENTRIES:
                yield Visit(call, scope, (), chain, is_cut=True)
                continue
            self._entries[id(routine.function)] = count + 1
            yield from self.routine(routine, inner, (*chain, (routine.function.name, spot)), inside)
        if entered is None:
            yield Visit(call, scope, (), chain, is_cut=True)

    def _silent(
        self, owner: Expression, names: tuple[str, ...], scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        """The methods that run without a call of their name: a property, and what a context enters and leaves."""
        for item in self._resolver.ask(owner, scope):
            if not isinstance(item.value, Object):
                continue
            for name in names:
                routine = self._method(item.value, name)
                if routine is not None and (names is _ENTERED or reads_as_value(routine.function)):
                    call = Call(owner, (), makes=False, span=owner.span)
                    if len(chain) >= MAX_DEPTH:
                        yield Visit(call, scope, (), chain, is_cut=True)
                    else:
                        yield from self._into(item._replace(value=routine), call, scope, chain, inside)

    def _method(self, owner: Object, name: str) -> Routine | None:
        """A method of an object as it is defined, by its class or one that this extends; None if there is none."""
        for kind in lineage(self._resolver, owner.kind):
            if isinstance(kind, Kind):
                home = kind.scope.inside(kind.definition)
                for method in methods_of(home):
                    if method.name == name:
                        return Routine(method, home, Spot(home.path, method.span), owner)
        return None

    def _passed_on(self, targets: tuple[Alternative, ...], call: Call, scope: Scope) -> tuple[Alternative, ...]:
        """The functions that a call gives to something that calls them, such as a thread."""
        position = known_calls.CALLS.get(_path_of_callee(targets))
        if position is None:
            return ()
        spot = Spot(scope.path, call.span)
        return Arguments(self._resolver.ask, call.arguments, scope, spot).at(position) or ()

    def _all_entered(self, item: Alternative, call: Call, scope: Scope) -> tuple[tuple[Routine, Scope], ...]:
        return tuple(self._entered(item, call, scope, Spot(scope.path, call.span)))

    def _entered(self, item: Alternative, call: Call, scope: Scope, spot: Spot) -> Iterator[tuple[Routine, Scope]]:
        given: Given = Arguments(self._resolver.ask, call.arguments, scope, spot)
        position = known_calls.CALLS.get(_path_of_callee(self._resolver.ask(call.callee, scope)))
        if position is not None:
            given = Handed(given.positions[position + 1 :], spot, given.names, given.identity)
        match item.value:
            case Routine() as routine:
                bound = bind(self._resolver, routine.function, routine.scope, given, routine.receiver, spot)
                inner = routine.scope.called(routine.function, bound, given.identity)
                # Where a call tells nothing, what is known of the function without one is the same, and is remembered.
                yield routine, inner if _is_telling(inner) else routine.scope.inside(routine.function)
            case Object() as owner:
                called = self._method(owner, "__call__")
                if called is not None:
                    yield from self._entered(item._replace(value=called), call, scope, spot)
            case Kind() as kind:
                made = Object(kind, call, scope, spot)
                home = kind.scope.inside(kind.definition)
                for method in methods_of(home):
                    if method.name in CONSTRUCTORS[:2]:
                        bound = bind(self._resolver, method, home, given, made, spot)
                        yield (
                            Routine(method, home, Spot(home.path, method.span), made),
                            home.called(method, bound, given.identity),
                        )
            case _:
                return


def _as_called(target: Outside) -> Outside:
    """What is called: not the callable that gave it, where a call gave what is called now."""
    return target if target.made is None else extended(target, "__call__", target.spot)


def _is_telling(scope: Scope) -> bool:
    """Whether a call gives a function a value that is known."""
    return any(not_known(item.value) is None and item.how == CODE for values in scope.bound.values() for item in values)


def _path_of_callee(targets: tuple[Alternative, ...]) -> str:
    """The path of the package's callable that a call is of; empty for any other."""
    return next((path_of(item.value) for item in targets if isinstance(item.value, Outside)), "")
