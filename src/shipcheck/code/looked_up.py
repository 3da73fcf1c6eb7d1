"""What a name is worth where it is used: arguments, bindings in their order, imports, types."""

from shipcheck.code.arguments import from_caller, names_in, parameter_of
from shipcheck.code.asking import Asking, unsure
from shipcheck.code.bindings import Binding
from shipcheck.code.changes import with_changes
from shipcheck.code.containers import combined, items_of
from shipcheck.code.decided_tests import remaining
from shipcheck.code.form import Bind, Class, Constant, Expression, Function, Import, Imported, Item, Member, Name, Span
from shipcheck.code.loop_rounds import bind_target, step_into
from shipcheck.code.modules import imported
from shipcheck.code.possible_values import (
    DEFAULT,
    Alternative,
    Kind,
    Object,
    Outside,
    Routine,
    Spot,
    Unsure,
    Values,
    conditional,
    known_as,
    one,
)
from shipcheck.code.repository import ecosystem_of
from shipcheck.code.scopes import Scope

# Types that say nothing about which value it is.
_WRAPPERS = frozenset({"Optional", "Annotated", "Union", "Promise", "Awaitable", "Final", "ClassVar"})


def look_up(asking: Asking, name: str, scope: Scope, span: Span) -> Values:
    """What a name is worth at a place."""
    start = scope
    current: Scope | None = scope
    while current is not None:
        found = _in_scope(asking, name, current, span if current is start else None, seen_from=start)
        if found is not None:
            return found
        current = current.parent
    return _star_or_built_in(asking, name, start, span)


def _in_scope(asking: Asking, name: str, scope: Scope, span: Span | None, seen_from: Scope) -> Values | None:
    if name in scope.bound:
        return with_changes(asking, name, scope.bound[name], scope)
    if isinstance(scope.owner, Class) and scope is not seen_from:
        return None
    bindings = scope.table.names.get(name)
    parameter = parameter_of(scope.owner, name) if isinstance(scope.owner, Function) else None
    if bindings and name not in scope.table.outer:
        before = [
            each
            for each in bindings
            if span is None or each.span[:2] < span[:2] or (_holds(each.span, span) and each.how == "element")
        ]
        if before or parameter is None:
            start = parameter_values(asking, scope.owner, name, scope) if parameter and isinstance(scope.owner, Function) else ()
            return with_changes(asking, name, from_bindings(asking, before or bindings, scope, start), scope)
    if parameter is not None and isinstance(scope.owner, Function):
        return with_changes(asking, name, parameter_values(asking, scope.owner, name, scope), scope)
    return None


def _holds(outer: Span, inner: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]


def from_bindings(asking: Asking, bindings: list[Binding], scope: Scope, start: Values = ()) -> Values:
    """What a name is worth behind its bindings: the last one that holds always, and every later one under its conditions."""
    result: Values = start
    for binding in bindings:
        when = remaining(asking, binding.tests, scope)
        if when is None:
            continue
        if binding.how == "change":
            values = _value_of(asking, binding, scope)
            result = (
                combined(result, values, Spot(scope.path, binding.span))
                if not when
                else (*result, *combined(result, values, Spot(scope.path, binding.span)))
            )
            continue
        if binding.how == "type" and result:
            continue
        values = _value_of(asking, binding, scope)
        result = (*result, *conditional(values, when)) if when else values
    return result


def _value_of(asking: Asking, binding: Binding, scope: Scope) -> Values:
    spot = Spot(scope.path, binding.span)
    value = binding.value
    match binding.how:
        case "function" if isinstance(value, Function):
            return one(Routine(value, scope, Spot(scope.path, value.span)))
        case "class" if isinstance(value, Class):
            return one(Kind(value, scope, Spot(scope.path, value.span)))
        case "import" if isinstance(value, tuple):
            return imported(asking, value[0], value[1], scope)
        case "type":
            return typed(asking, binding.annotation, scope) or unsure("only declared here", *spot)
    if value is None or isinstance(value, tuple):
        return unsure("raised somewhere else", *spot)
    values = asking.evaluate(value, scope)
    if binding.how == "element":
        values = items_of(values, spot)
    for step in binding.path:
        values = step_into(asking, values, step, spot)
    if binding.annotation is not None and all(isinstance(item.value, Unsure) for item in values):
        return typed(asking, binding.annotation, scope) or values
    return values


def parameter_values(asking: Asking, function: Function, name: str, scope: Scope) -> Values:
    """A parameter that no call binds: the object of a method, a promise of its type, its default, or what a caller gives."""
    parameter = parameter_of(function, name)
    spot = Spot(scope.path, parameter.span if parameter else function.span)
    if parameter is None or scope.parent is None:
        return unsure(f"the parameter '{name}'", *spot)
    if parameter.kind == "receiver" and isinstance(scope.parent.owner, Class):
        owner = scope.parent.owner
        home = scope.parent.parent
        if home is not None:
            kind = Kind(owner, home, Spot(scope.path, owner.span))
            return one(kind if _is_of_class(function) else Object(kind, None, None, kind.spot))
    values: Values = ()
    if (parameter.default is not None and not isinstance(parameter.default, Constant | Name)) or _is_telling(parameter.default):
        values = known_as(asking.evaluate(parameter.default, scope.parent), DEFAULT)  # type: ignore[arg-type]
    promised = typed(asking, parameter.annotation, scope.parent) if isinstance(parameter.target, Name) else ()
    if promised:
        return (*values, *promised)
    plain = plain_type(asking, parameter.annotation, scope.parent) if isinstance(parameter.target, Name) else ()
    caller = from_caller(name, function, spot, plain)
    return (*values, *(given_by_package(asking, function, name, scope, caller) or (caller,)))


def given_by_package(asking: Asking, function: Function, name: str, scope: Scope, caller: Alternative) -> Values:
    """A parameter of a function that is written as an argument of a call of a package: it has the path of its place there."""
    home = scope.parent
    while home is not None and home.owner is None and home.parent is not None:
        home = home.parent
    handed = home.table.handed.get(id(function)) if home is not None else None
    if handed is None or scope.parent is None or not isinstance(caller.value, Unsure):
        return ()
    plain = [each for each in function.parameters if each.kind != "receiver"]
    number = next((at for at, each in enumerate(plain) if name in names_in(each.target)), None)
    found: list[Alternative] = []
    for item in asking.evaluate(handed.call.callee, scope.parent) if number is not None else ():
        callee = item.value
        if isinstance(callee, Outside) and callee.origin is None and not _is_plain(callee):
            names = (*callee.names, *handed.place, str(number))
            whole = Outside(callee.ecosystem, callee.package, names, caller.value.spot, origin=caller.value)
            found += _taken_from(asking, plain[number or 0].target, Alternative(whole, caller.how), name, caller.value.spot)
    return tuple(found)


def _taken_from(asking: Asking, target: Expression, whole: Alternative, name: str, spot: Spot) -> Values:
    bound: dict[str, Values] = {}
    inner = target.target if isinstance(target, Bind) else target
    bind_target(asking, inner, (whole,), bound, spot)
    return bound.get(name, ())


_PLAIN = {"string": "String", "number": "Number", "boolean": "Boolean", "Record": "Object", "object": "Object"}


def plain_type(asking: Asking, annotation: Expression | None, scope: Scope) -> tuple[str, ...]:
    """The path of a type of the language itself; empty for any other."""
    if isinstance(annotation, Item):
        annotation = annotation.owner
    if not isinstance(annotation, Name):
        return ()
    for item in asking.evaluate(annotation, scope):
        if isinstance(item.value, Outside) and _is_plain(item.value):
            names = item.value.names
            return (_PLAIN.get(names[0], names[0]), *names[1:]) if item.value.package == "global" else _python_type(names)
    return ()


def _python_type(names: tuple[str, ...]) -> tuple[str, ...]:
    """The built-in type that a name of `typing` is another name of."""
    return (
        ("builtins", names[-1].lower())
        if names[-1].lower() in {"dict", "list", "str", "set", "tuple", "int", "float", "bool", "bytes"}
        else ()
    )


def _is_telling(default: Expression | None) -> bool:
    """Whether a default says more than that there is none."""
    return default is not None and not (isinstance(default, Constant) and default.value is None)


def _is_of_class(function: Function) -> bool:
    return any(isinstance(decorator, Name) and decorator.name == "classmethod" for decorator in function.decorators)


def typed(asking: Asking, annotation: Expression | None, scope: Scope) -> Values:
    """A value that a type promises: an object of that class. Empty where the type says nothing."""
    if annotation is None:
        return ()
    match annotation:
        case Item(owner=owner, key=key):
            word = owner.name if isinstance(owner, Name) else getattr(owner, "name", "")
            if word in _WRAPPERS:
                first = key.items[0] if hasattr(key, "items") and key.items else key
                return typed(asking, first, scope)
            return typed(asking, owner, scope)
        case Constant() | Name() | _ if not hasattr(annotation, "span"):
            return ()
    found: list[Alternative] = []
    for item in asking.evaluate(annotation, scope) if _names_a_type(annotation) else ():
        if isinstance(item.value, Kind):
            found.append(Alternative(Object(item.value, None, None, item.value.spot), item.how))
        elif isinstance(item.value, Outside) and item.value.made is None and not _is_plain(item.value):
            found.append(Alternative(item.value, item.how))
    return tuple(found)


def _names_a_type(annotation: Expression) -> bool:
    return isinstance(annotation, Name | Member)


def _is_plain(value: Outside) -> bool:
    """Whether a type is one of the language itself, which promises nothing."""
    return value.names[:1] in {("builtins",), ("typing",)} or value.package == "global"


def _star_or_built_in(asking: Asking, name: str, scope: Scope, span: Span) -> Values:
    top = scope
    while top.parent is not None:
        top = top.parent
    for star in top.table.stars:
        found = imported(asking, star, Imported(name, name, star.span), top)
        if found and not all(isinstance(item.value, Unsure) for item in found) and not _only_outside_unknown(asking, star, found):
            return found
    spot = Spot(scope.path, span)
    ecosystem = ecosystem_of(scope.path)
    if ecosystem == "pypi":
        return one(Outside(ecosystem, "", ("builtins", name), spot))
    return one(Outside(ecosystem, "global", (name,), spot))


def _only_outside_unknown(asking: Asking, star: Import, found: Values) -> bool:
    """Whether a star import is of a package that is not looked for, so that any name could be of it."""
    return all(isinstance(item.value, Outside) for item in found) and star.module.partition(".")[0] not in asking.packages
