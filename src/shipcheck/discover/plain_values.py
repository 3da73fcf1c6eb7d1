"""What a plain value at the place of a link may become, and under which name."""

from shipcheck.code.possible_values import Kind, Object, Outside, Recorded, Routine, Spot, Value
from shipcheck.code.resolver import Resolver


def may_become(value: Outside, kind: str) -> bool:
    """Whether something of a package that no rule knows is a tool: a function or an object of a class, no result of a method."""
    if kind not in {"action", "tool_server"} or value.ambiguous or value.package == "global" or value.names[:1] == ("builtins",):
        return False
    return value.made is None or (value.receiver is None and value.names[-1:] != () and value.names[-1][:1].isupper())


def in_record(value: Recorded, path: tuple[str | int, ...]) -> bool:
    """Whether a record has the first key of a path."""
    return bool(path) and isinstance(path[0], str) and bool(value.get(path[0]))


def identity_of(value: Value) -> tuple[object, ...]:
    """What tells a value from others: its call, or its place."""
    if isinstance(value, Outside) and value.made is None:
        return (value.package, value.names, value.spot.path)
    return value.identity if isinstance(value, Outside | Object) else (value.spot,)


def name_of(value: Value) -> str:
    """The name of a function, a class or something of a package; empty for other values."""
    match value:
        case Routine(function=function):
            return function.name
        case Kind(definition=definition) | Object(kind=Kind(definition=definition)):
            return definition.name
        case Outside(names=names) if names:
            return names[-1]
        case _:
            return ""


def variable_at(resolver: Resolver, spot: Spot) -> str:
    """The variable of a module that holds the literal at a place; empty if none does."""
    scope = resolver.repository.top(spot.path)
    if scope is None:
        return ""
    for name, bindings in scope.table.names.items():
        for binding in bindings:
            span = getattr(binding.value, "span", None)
            if binding.how == "value" and span is not None and span[0] <= spot.span[0] and spot.span[2] <= span[2]:
                return name
    return ""
