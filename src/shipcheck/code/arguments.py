"""The arguments of a call as values, and the parameters that they are bound to."""

from collections.abc import Callable, Mapping
from functools import cached_property

from shipcheck.code.asking import Asking, Given
from shipcheck.code.form import Argument, Bind, Constant, Expression, Function, Name, Parameter, Record, Sequence, Spread
from shipcheck.code.possible_values import (
    CALLER,
    DEFAULT,
    Alternative,
    Before,
    Element,
    Field,
    Kind,
    Listed,
    Literal,
    Object,
    Recorded,
    Spot,
    Unsure,
    Values,
    known_as,
    one,
)
from shipcheck.code.scopes import Scope

Ask = Callable[[Expression, Scope], Values]


class Arguments:
    """Arguments as they are written in a call."""

    def __init__(self, ask: Ask, arguments: tuple[Argument, ...], scope: Scope, spot: Spot) -> None:
        self._ask = ask
        self._arguments = arguments
        self.scope: Scope | None = scope
        self.spot = spot

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells this call from others."""
        return (self.spot, *(self.scope.identity if self.scope else ()))

    def _value(self, expression: Expression) -> Values:
        assert self.scope is not None  # noqa: S101 - set above
        return self._ask(expression, self.scope)

    @cached_property
    def positions(self) -> tuple[Values, ...]:
        """Every argument by position; an unpacked list of which the items are known is its items."""
        found: list[Values] = []
        for argument in self._arguments:
            if argument.name:
                continue
            values = self._value(argument.value)
            if not argument.spread:
                found.append(values)
                continue
            lists = [item.value for item in values if isinstance(item.value, Listed)]
            found += [element.values for each in lists[:1] for element in each.items]
        return tuple(found)

    @cached_property
    def names(self) -> dict[str, Values]:
        """Every argument by name, unpacked records included."""
        found: dict[str, Values] = {}
        for argument in self._arguments:
            if argument.name and not argument.spread:
                found[argument.name] = self._value(argument.value)
            elif argument.spread:
                for item in self._value(argument.value):
                    if isinstance(item.value, Recorded):
                        for entry in item.value.fields:
                            if entry.key is not None:
                                found.setdefault(entry.key, entry.values)
        return found

    def at(self, position: int) -> Values | None:
        """The argument at a position; None if there is none."""
        return self.positions[position] if -len(self.positions) <= position < len(self.positions) else None

    def named(self, name: str) -> Values | None:
        """The argument of that name; None if there is none."""
        for argument in self._arguments:
            if argument.name == name and not argument.spread:
                return self._value(argument.value)
        return self.names.get(name) if any(argument.spread for argument in self._arguments) else None


class Handed:
    """Arguments that are values already."""

    def __init__(
        self,
        positions: tuple[Values, ...],
        spot: Spot,
        names: Mapping[str, Values] | None = None,
        identity: tuple[object, ...] | None = None,
    ) -> None:
        self.positions = positions
        self.names: dict[str, Values] = dict(names or {})
        self.scope: Scope | None = None
        self.identity = (spot, tuple(id(values) for values in positions)) if identity is None else identity

    def at(self, position: int) -> Values | None:
        """The argument at a position; None if there is none."""
        return self.positions[position] if 0 <= position < len(self.positions) else None

    def named(self, name: str) -> Values | None:
        """The argument of that name; None if there is none."""
        return self.names.get(name)


def behind(before: Before | None, given: Given, spot: Spot) -> Given:
    """Arguments behind those that a function was given before."""
    if before is None:
        return given
    positions = (*before.positions, *given.positions)
    return Handed(positions, spot, {**before.names, **given.names}, (*before.identity, *given.identity))


def bind(
    asking: Asking, function: Function, home: Scope, given: Given, receiver: Object | Kind | None, spot: Spot
) -> dict[str, Values]:
    """The parameters of a function as a call binds them. What a call leaves out has its default, where there is one."""
    bound: dict[str, Values] = {}
    position = 0
    used: set[str] = set()
    for parameter in function.parameters:
        values: Values | None = None
        if parameter.kind == "receiver":
            values = one(receiver) if receiver is not None else None
        elif parameter.kind == "rest":
            rest = tuple(Element(item) for item in given.positions[position:])
            values = one(Listed(rest, spot))
        elif parameter.kind == "options":
            fields = tuple(Field(key, item, spot) for key, item in given.names.items() if key not in used)
            values = one(Recorded(fields, spot))
        else:
            name = parameter.target.name if isinstance(parameter.target, Name) else ""
            values = given.named(name) if name and parameter.kind != "position" else None
            used.add(name)
            if values is None and parameter.kind != "keyword":
                values = given.at(position)
                position += 1
            if values is None and parameter.default is not None:
                values = known_as(asking.evaluate(parameter.default, home), DEFAULT)
        _take_apart(asking, parameter.target, values, home, bound, spot)
    return bound


def _take_apart(
    asking: Asking, target: Expression, values: Values | None, home: Scope, bound: dict[str, Values], spot: Spot
) -> None:
    """Bind the names of a pattern."""
    match target:
        case Name(name=name):
            if values is not None:
                bound[name] = values
        case Bind(target=inner, value=default):
            if not values or all(isinstance(item.value, Literal) and item.value.value is None for item in values):
                values = known_as(asking.evaluate(default, home), DEFAULT)
            _take_apart(asking, inner, values, home, bound, spot)
        case Record(entries=entries):
            for entry in entries:
                key = str(entry.key.value) if isinstance(entry.key, Constant) else None
                part = parts_at(values or (), key) if key is not None else None
                _take_apart(asking, entry.value, part, home, bound, spot)
        case Sequence(items=items):
            for position, item in enumerate(items):
                if not isinstance(item, Spread):
                    _take_apart(asking, item, parts_at(values or (), position) or None, home, bound, spot)
        case _:
            pass


def parts_at(values: Values, step: str | int) -> Values | None:
    """What is at a key or position of what may be a record or list; None if nothing is known there."""
    found: list[Alternative] = []
    for item in values:
        inner: Values = ()
        if isinstance(item.value, Recorded) and isinstance(step, str):
            inner = item.value.get(step)
        elif isinstance(item.value, Listed) and isinstance(step, int) and -len(item.value.items) <= step < len(item.value.items):
            inner = item.value.items[step].values
        elif isinstance(item.value, Unsure):
            inner = (item,)
        found += [each._replace(when=(*item.when, *each.when)) for each in inner]
    return tuple(found) or None


def parameter_of(function: Function, name: str) -> Parameter | None:
    """The parameter that binds a name; None if there is none."""
    for parameter in function.parameters:
        if name in names_in(parameter.target):
            return parameter
    return None


def names_in(target: Expression) -> tuple[str, ...]:
    """The names that a pattern binds."""
    match target:
        case Name(name=name):
            return (name,)
        case Bind(target=inner) | Spread(value=inner):
            return names_in(inner)
        case Record(entries=entries):
            return tuple(name for entry in entries for name in names_in(entry.value))
        case Sequence(items=items):
            return tuple(name for item in items for name in names_in(item))
        case _:
            return ()


def from_caller(name: str, function: Function, spot: Spot, plain: tuple[str, ...] = ()) -> Alternative:
    """A parameter that no call binds, with its type if that is one of the language itself."""
    return Alternative(Unsure(CALLER, f"the parameter '{name}' of {function.name or 'a function'}", spot, plain), CALLER)
