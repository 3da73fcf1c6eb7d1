"""What a call gives: of a function of the repository, of one of the languages' own libraries, or of a package."""

from collections.abc import Callable
from dataclasses import replace

from shipcheck.code import known_calls
from shipcheck.code.arguments import Arguments, Handed, behind, bind
from shipcheck.code.asking import Asking, Given, unsure
from shipcheck.code.containers import combined, items_of, method, pairs_of
from shipcheck.code.decided_tests import remaining
from shipcheck.code.form import Call, Member
from shipcheck.code.looked_up import typed
from shipcheck.code.possible_values import (
    DEFAULT,
    ENVIRONMENT,
    Alternative,
    Before,
    Element,
    Field,
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
    Value,
    Values,
    conditional,
    extended,
    known_as,
    one,
    path_of,
)
from shipcheck.code.repository import PYPI
from shipcheck.code.scopes import Scope


def called(asking: Asking, call: Call, scope: Scope) -> Values:
    """What a call in the code gives."""
    spot = Spot(scope.path, call.span)
    given = Arguments(asking.evaluate, call.arguments, scope, spot)
    if isinstance(call.callee, Member):
        owners = asking.evaluate(call.callee.owner, scope)
        found: list[Alternative] = []
        for owner in owners:
            own = method(asking, owner.value, call.callee.name, given, spot)
            if own is None:
                own = tuple(
                    each
                    for target in asking.member(owner.value, call.callee.name, Spot(scope.path, call.callee.span))
                    for each in conditional(call_value(asking, target.value, call, given, scope, spot), target.when)
                )
            found += conditional(own, owner.when)
        return tuple(found)
    targets = asking.evaluate(call.callee, scope)
    return tuple(
        each
        for target in targets
        for each in conditional(call_value(asking, target.value, call, given, scope, spot), target.when)
    )


def call_value(asking: Asking, target: Value, call: Call | None, given: Given, scope: Scope | None, spot: Spot) -> Values:
    """What a call of one value gives."""
    match target:
        case Outside():
            return _of_package(asking, as_called(target), call, given, scope, spot)
        case Routine():
            return invoke(asking, target, given, spot)
        case Kind():
            return one(Object(target, call, scope, spot))
        case Object():
            return tuple(
                each
                for item in asking.member(target, "__call__", spot)
                for each in (
                    call_value(asking, item.value, call, given, scope, spot)
                    if isinstance(item.value, Routine | Outside)
                    else (item,)
                )
            )
        case Unsure(how=how, why=why):
            return unsure(f"a call of {why}", *spot, how)
        case Module() | Literal() | Listed() | Recorded():
            return unsure("a call of a value that is not a function", *spot)


def as_called(target: Outside) -> Outside:
    """What is called: of an object that a class of a package made, its method for that."""
    is_made = target.made is not None and target.names[-1:] and target.names[-1][:1].isupper()
    return extended(target, "__call__", target.spot) if is_made and target.ecosystem == PYPI else target


def _of_package(asking: Asking, target: Outside, call: Call | None, given: Given, scope: Scope | None, spot: Spot) -> Values:
    path = path_of(target)
    known = _KNOWN.get(path)
    if known is not None:
        found = known(asking, path, given, spot)
        if found is not None:
            return found
    made = Outside(
        target.ecosystem,
        target.package,
        target.names,
        spot,
        call,
        scope,
        target.receiver,
        target.ambiguous,
        target.through,
        target.origin,
    )
    return one(made)


def invoke(asking: Asking, routine: Routine, given: Given, spot: Spot) -> Values:
    """What a function of the repository gives for these arguments: each value that it may return, under its conditions."""
    function = routine.function
    given = behind(routine.before, given, spot)

    def answer() -> Values:
        bound = bind(asking, function, routine.scope, given, routine.receiver, spot)
        scope = routine.scope.called(function, bound, given.identity)
        return returned(asking, routine, scope, spot)

    return asking.inside_call(function, answer, spot)


def returned(asking: Asking, routine: Routine, scope: Scope, spot: Spot) -> Values:
    """What the ways out of a function give."""
    table = scope.table
    if table.yields:
        return unsure("what a generator hands out", *spot)
    found: list[Alternative] = []
    for value, tests in table.returns:
        when = remaining(asking, tests, scope)
        if when is None:
            continue
        values: Values = asking.evaluate(value, scope) if value is not None else one(Literal(None, spot))
        found += conditional(values, when)
    if found and not all(isinstance(item.value, Unsure) for item in found):
        return tuple(found)
    promised = typed(asking, routine.function.returns, routine.scope)
    return promised or tuple(found) or one(Literal(None, spot))


Known = Callable[[Asking, str, Given, Spot], Values | None]


def _same(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del asking
    name = known_calls.SAME_BY_NAME.get(path)
    found = given.named(name) if name else None
    found = found if found is not None else given.at(known_calls.SAME[path])
    if found is None:
        return one(Listed((), spot)) if path in {"builtins.list", "builtins.tuple", "builtins.set"} else None
    if path == "global:Object.values":
        return tuple(_values_of(item, spot) for item in found)
    return found


def _values_of(item: Alternative, spot: Spot) -> Alternative:
    if isinstance(item.value, Recorded):
        return item._replace(
            value=Listed(tuple(Element(entry.values, entry.when) for entry in item.value.fields), spot, item.value.open)
        )
    return item


def _environment(asking: Asking, path: str, given: Given, spot: Spot) -> Values:
    del asking
    names = [item.value.value for item in given.at(0) or () if isinstance(item.value, Literal)]
    why = (
        f"the variable {names[0]} of the environment" if names and isinstance(names[0], str) else "a variable of the environment"
    )
    default = given.at(known_calls.ENVIRONMENT[path]) or given.named("default") or ()
    return (Alternative(Unsure(ENVIRONMENT, why, spot), ENVIRONMENT), *known_as(default, DEFAULT))


def _partial(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del asking, path, spot
    before = Before(given.positions[1:], given.names, given.identity)
    return (
        tuple(_with_before(item, before) for item in given.at(0) or () if isinstance(item.value, Routine | Kind | Outside))
        or None
    )


def _with_before(item: Alternative, before: Before) -> Alternative:
    if not isinstance(item.value, Routine) or not (before.positions or before.names):
        return item
    known = item.value.before
    if known is not None:
        names = {**known.names, **before.names}
        before = Before((*known.positions, *before.positions), names, (*known.identity, *before.identity))
    return item._replace(value=replace(item.value, before=before))


def _calls(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    """What a function gives that another one calls with the arguments behind it."""
    position = known_calls.CALLS[path]
    targets = given.at(position) or ()
    if not targets or not all(isinstance(item.value, Routine | Kind) for item in targets):
        return None
    inner = Handed(given.positions[position + 1 :], spot, given.names, given.identity)
    return tuple(each for item in targets for each in conditional(asking.call(item.value, inner, spot), item.when))


def _record(asking: Asking, path: str, given: Given, spot: Spot) -> Values:
    del asking, path
    fields = tuple(Field(key, values, spot) for key, values in given.names.items())
    result: Values = one(Recorded((), spot))
    for values in given.positions:
        result = combined(result, values, spot)
    return combined(result, one(Recorded(fields, spot)), spot) if fields else result


def _enumerated(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del asking
    if path == "builtins.zip":
        return None
    first = given.at(0) or ()
    number: Values = one(Unsure("unknown", "a position", spot))
    items = tuple(Element(one(Listed((Element(number), Element((item,))), spot)), item.when) for item in items_of(first, spot))
    return one(Listed(items, spot))


def _paired(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del asking, path
    found = tuple(
        item._replace(value=pairs_of(item.value, spot)) for item in given.at(0) or () if isinstance(item.value, Recorded)
    )
    return found or None


def _mapped(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del path
    routine = next((item.value for item in given.at(0) or () if isinstance(item.value, Routine | Kind | Outside)), None)
    lists = given.at(1)
    if routine is None or lists is None:
        return None
    items = tuple(Element(asking.call(routine, Handed(((item,),), spot), spot), item.when) for item in items_of(lists, spot))
    return one(Listed(items, spot))


def _chained(asking: Asking, path: str, given: Given, spot: Spot) -> Values:
    del asking, path
    result: Values = one(Listed((), spot))
    for values in given.positions:
        result = combined(result, values, spot)
    return result


def _filtered(asking: Asking, path: str, given: Given, spot: Spot) -> Values | None:
    del asking, path, spot
    return given.at(1)


def _gathered(asking: Asking, path: str, given: Given, spot: Spot) -> Values:
    del asking
    if path.startswith("global:"):
        return given.at(0) or one(Listed((), spot))
    return one(Listed(tuple(Element(values) for values in given.positions), spot))


_KNOWN: dict[str, Known] = {
    **dict.fromkeys(known_calls.SAME, _same),
    **dict.fromkeys(known_calls.ENVIRONMENT, _environment),
    **dict.fromkeys(known_calls.PARTIAL, _partial),
    **dict.fromkeys(known_calls.CALLS, _calls),
    **dict.fromkeys(known_calls.MAKES_RECORD, _record),
    **dict.fromkeys(known_calls.ENUMERATES, _enumerated),
    **dict.fromkeys(known_calls.PAIRS, _paired),
    **dict.fromkeys(known_calls.MAPS, _mapped),
    **dict.fromkeys(known_calls.JOINS, _chained),
    **dict.fromkeys(known_calls.FILTERS, _filtered),
    **dict.fromkeys(known_calls.AWAITS_ALL, _gathered),
}
