"""What a member of a value is: of a class or an object of the repository, of a module, a record, or a package."""

from collections.abc import Iterator

from shipcheck.code.arguments import Arguments, bind
from shipcheck.code.asking import Asking, unsure
from shipcheck.code.bindings import Binding, Change
from shipcheck.code.decided_tests import remaining
from shipcheck.code.form import Argument, Call, Expression, Function, Member, Name
from shipcheck.code.looked_up import from_bindings
from shipcheck.code.modules import exported
from shipcheck.code.possible_values import (
    DEFAULT,
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
    Value,
    Values,
    conditional,
    extended,
    known_as,
    one,
)
from shipcheck.code.repository import NPM, PYPI, ecosystem_of
from shipcheck.code.scopes import Scope

CONSTRUCTORS = ("__init__", "constructor", "__post_init__", "model_post_init", "__new__")
_READ_AS_VALUES = frozenset({"property", "cached_property", "computed_field"})
_OF_CLASS = frozenset({"classmethod", "staticmethod"})
_MAX_METHODS = 200


def member_of(asking: Asking, value: Value, name: str, spot: Spot) -> Values:
    """What a member of a value may be worth."""
    match value:
        case Outside():
            return one(extended(value, name, spot))
        case Module(path=path):
            return exported(asking, path, name, spot) or unsure(f"'{name}' is not found in {path}", *spot)
        case Kind():
            return _of_class(asking, value, name, spot)
        case Object():
            return of_object(asking, value, name, spot)
        case Recorded() if value.get(name):
            return value.get(name)
        case Literal() if name in {"value", "name"}:
            return one(value)
        case Unsure():
            return one(_of_unsure(value, name, spot), value.how)
        case _:
            ecosystem, package, names = own_type(value, spot.path)
            return one(Outside(ecosystem, package, (*names, name), spot))


# What the languages themselves call the types of lists, records, texts, numbers and functions.
_TYPES = {
    PYPI: {Listed: "list", Recorded: "dict", Routine: "function"},
    NPM: {Listed: "Array", Recorded: "Object", Routine: "Function"},
}
_TEXT_TYPES = {PYPI: "str", NPM: "String"}
_NUMBER_TYPES = {PYPI: "int", NPM: "Number"}


def own_type(value: Value, path: str) -> tuple[str, str, tuple[str, ...]]:
    """The ecosystem, package and names of the type that a language itself gives a value."""
    ecosystem = ecosystem_of(path)
    if isinstance(value, Literal):
        name = (_TEXT_TYPES if isinstance(value.value, str) else _NUMBER_TYPES)[ecosystem]
    else:
        name = _TYPES[ecosystem].get(type(value), "object")
    return (ecosystem, "", ("builtins", name)) if ecosystem == PYPI else (ecosystem, "global", (name,))


def _of_unsure(value: Unsure, name: str, spot: Spot) -> Outside:
    """A member of a value that is not known: only rules for members of anything are about it."""
    ecosystem = ecosystem_of(spot.path)
    names = value.type or ("?",)
    package = ("global" if value.type else "?") if ecosystem == NPM else ""
    return Outside(ecosystem, package, (*names, name), spot, origin=value)


def lineage(asking: Asking, kind: Kind) -> Iterator[Kind | Outside]:
    """A class, and every class that it extends, the nearest first; those of packages too."""
    pending: list[Kind | Outside] = [kind]
    seen: set[Spot] = set()
    while pending:
        current = pending.pop(0)
        yield current
        if not isinstance(current, Kind) or current.spot in seen or len(seen) > 20:
            continue
        seen.add(current.spot)
        for base in current.definition.bases:
            if base.name:
                continue
            pending += [
                item.value for item in asking.evaluate(base.value, current.scope) if isinstance(item.value, Kind | Outside)
            ]


def _of_class(asking: Asking, kind: Kind, name: str, spot: Spot) -> Values:
    for each in lineage(asking, kind):
        if isinstance(each, Outside):
            if each.package != "global" and each.names[:1] != ("builtins",):
                return one(extended(each, name, spot))
            continue
        inner = each.scope.inside(each.definition)
        bindings = inner.table.names.get(name)
        if bindings:
            return tuple(_bound_to(item, kind) for item in from_bindings(asking, bindings, inner))
    return unsure(f"the class {kind.definition.name} has no '{name}'", *spot)


def _bound_to(item: Alternative, receiver: Kind | Object) -> Alternative:
    if isinstance(item.value, Routine) and (isinstance(receiver, Object) or _is_of_class(item.value.function)):
        return item._replace(value=Routine(item.value.function, item.value.scope, item.value.spot, receiver))
    return item


def _is_of_class(function: Function) -> bool:
    return any(isinstance(each, Name) and each.name in _OF_CLASS for each in function.decorators)


def of_object(asking: Asking, owner: Object, name: str, spot: Spot) -> Values:
    """A member of an object: assigned in a method, given to its constructor, or defined in its class or one that it extends."""

    def answer() -> Values:
        outside: Outside | None = None
        for each in lineage(asking, owner.kind):
            if isinstance(each, Outside):
                outside = outside or (each if each.package != "global" and each.names[:1] != ("builtins",) else None)
                continue
            found = _declared(asking, owner, each, name, is_outside=outside is not None, spot=spot)
            if found:
                return found
        if outside is not None:
            return one(Outside(outside.ecosystem, outside.package, (*outside.names, name), spot, receiver=outside, through=owner))
        return unsure(f"the class {owner.kind.definition.name} does not show '{name}'", *spot)

    return asking.once(("member", owner.identity, owner.kind.spot, name), answer, spot)


def _declared(asking: Asking, owner: Object, kind: Kind, name: str, *, is_outside: bool, spot: Spot) -> Values:
    inner = kind.scope.inside(kind.definition)
    bindings = inner.table.names.get(name, [])
    assigned = tuple(_assigned(asking, owner, inner, name))
    if assigned:
        return assigned
    if not bindings:
        return ()
    given = _given_by_name(asking, owner, bindings, name)
    if given:
        return given
    found: list[Alternative] = []
    for item in from_bindings(asking, bindings, inner):
        bound = _bound_to(item, owner)
        if isinstance(bound.value, Routine) and reads_as_value(bound.value.function):
            found += conditional(asking.call(bound.value, Arguments(asking.evaluate, (), inner, spot), spot), item.when)
        else:
            found.append(bound)
    values = tuple(found)
    declared = bindings[-1].annotation is not None or bindings[-1].how == "type"
    return known_as(values, DEFAULT) if declared and not is_outside else values


def reads_as_value(function: Function) -> bool:
    """Whether a method runs when it is read, without a call."""
    return any((each.name if isinstance(each, Name | Member) else "") in _READ_AS_VALUES for each in function.decorators)


def _given_by_name(asking: Asking, owner: Object, bindings: list[Binding], name: str) -> Values:
    """A declared field that the call of a class gives: of a data class, a model, and the like."""
    if owner.call is None or owner.scope is None or bindings[-1].annotation is None:
        return ()
    arguments = Arguments(asking.evaluate, owner.call.arguments, owner.scope, owner.spot)
    found = arguments.named(name)
    if found is None:
        declared = [
            key
            for key, each in owner.kind.scope.inside(owner.kind.definition).table.names.items()
            if each[-1].annotation is not None
        ]
        found = arguments.at(declared.index(name)) if name in declared else None
    return found or ()


def methods_of(inner: Scope) -> Iterator[Function]:
    """The functions that a class defines."""
    count = 0
    for bindings in inner.table.names.values():
        for binding in bindings:
            if isinstance(binding.value, Function) and count < _MAX_METHODS:
                count += 1
                yield binding.value


def _assigned(asking: Asking, owner: Object, inner: Scope, name: str) -> Iterator[Alternative]:
    """What methods of the class assign to a member of their receiver; where several do, each is an alternative."""
    for function in methods_of(inner):
        receiver = function.parameters[0] if function.parameters and function.parameters[0].kind == "receiver" else None
        if receiver is None or not isinstance(receiver.target, Name):
            continue
        base = inner.inside(function)
        changes = [each for each in base.table.changes if _is_member(each, receiver.target.name, name)]
        if not changes:
            continue
        scope = constructed(asking, owner, inner, function) if function.name in CONSTRUCTORS else base
        last: Values = ()
        for change in changes:
            when = remaining(asking, change.tests, scope)
            if when is None:
                continue
            values = tuple(each for value in change.values for each in asking.evaluate(value, scope)) if change.values else ()
            last = (*last, *conditional(values, when)) if when else values
        yield from last


def _is_member(change: Change, receiver: str, name: str) -> bool:
    target = change.target
    return change.how == "member" and change.name == name and isinstance(target, Member) and _is_name(target.owner, receiver)


def _is_name(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.name == name


def constructed(asking: Asking, owner: Object, inner: Scope, function: Function) -> Scope:
    """The scope of the constructor as the call of an object binds it."""
    if owner.call is None or owner.scope is None:
        return inner.inside(function)
    given = Arguments(asking.evaluate, owner.call.arguments, owner.scope, owner.spot)
    bound = bind(asking, function, inner, given, owner, owner.spot)
    return inner.called(function, bound, owner.identity)


def base_arguments(asking: Asking, owner: Object) -> tuple[tuple[Argument, ...], Scope] | None:
    """The arguments that a class gives to the constructor of the class of a package that it extends; None if it has no own one.

    Without a constructor of its own, an object's arguments are those of the class that it extends.
    """
    for each in lineage(asking, owner.kind):
        if isinstance(each, Outside):
            break
        inner = each.scope.inside(each.definition)
        for function in methods_of(inner):
            if function.name in CONSTRUCTORS[:2]:
                scope = constructed(asking, owner, inner, function)
                calls = [arguments for arguments in scope.table.changes if _is_super(arguments)]
                if calls:
                    return _super_arguments(scope, calls[0])
    return None


def _is_super(change: Change) -> bool:
    target = change.target
    callee = target.callee if isinstance(target, Call) else target
    return isinstance(callee, Name) and callee.name == "super" and change.how in {"__init__", "super"}


def _super_arguments(scope: Scope, change: Change) -> tuple[tuple[Argument, ...], Scope] | None:
    return (change.arguments, scope)
