"""Every call that a body makes, and that the functions make which it calls, with the chain of calls that leads there."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from shipcheck.code import known_calls
from shipcheck.code.arguments import Arguments, Handed, bind
from shipcheck.code.asking import Given
from shipcheck.code.calls import as_called
from shipcheck.code.children import children
from shipcheck.code.form import Block, Call, Class, Comprehension, Function, Name
from shipcheck.code.members import CONSTRUCTORS, methods_of
from shipcheck.code.possible_values import CODE, Alternative, Kind, Object, Outside, Routine, Spot, not_known, path_of
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope

MAX_DEPTH = 3
MAX_VISITS = 2_000
# A function that many calls lead to is entered this often, since most of what it does is the same for each.
MAX_ENTRIES = 3


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
                for inner in self._resolver.rounds(node, scope)[:3]:
                    yield from self._node(node.element, inner, chain, inside)
            case _:
                for child in children(node):
                    yield from self._node(child, scope, chain, inside)
                if isinstance(node, Call):
                    yield from self._call(node, scope, chain, inside)

    def _call(
        self, call: Call, scope: Scope, chain: tuple[tuple[str, Spot], ...], inside: frozenset[int]
    ) -> Iterator[Visit | Body]:
        self._left -= 1
        if self._left < 0:
            return
        targets = tuple(
            item._replace(value=as_called(item.value)) if isinstance(item.value, Outside) else item
            for item in self._resolver.ask(call.callee, scope)
        )
        deep = len(chain) >= MAX_DEPTH
        is_local = any(isinstance(item.value, Routine | Kind) for item in targets)
        yield Visit(call, scope, targets, chain, is_local and deep)
        if deep:
            return
        spot = Spot(scope.path, call.span)
        for item in (*targets[:6], *self._passed_on(targets, call, scope)):
            for routine, inner in self._resolver.attempt(partial(self._all_entered, item, call, scope), scope.path) or ():
                if id(routine.function) not in inside and self._enters(routine, inner):
                    yield from self.routine(routine, inner, (*chain, (routine.function.name, spot)), inside)

    def _enters(self, routine: Routine, inner: Scope) -> bool:
        """Whether a function is entered, once more only if this call tells what an argument is."""
        count = self._entries.get(id(routine.function), 0)
        if count and (count >= MAX_ENTRIES or not _is_telling(inner)):
            return False
        self._entries[id(routine.function)] = count + 1
        return True

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


def _is_telling(scope: Scope) -> bool:
    """Whether a call gives a function a value that is known."""
    return any(not_known(item.value) is None and item.how == CODE for values in scope.bound.values() for item in values)


def _path_of_callee(targets: tuple[Alternative, ...]) -> str:
    """The path of the package's callable that a call is of; empty for any other."""
    return next((path_of(item.value) for item in targets if isinstance(item.value, Outside)), "")
