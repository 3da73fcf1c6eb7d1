"""Where a rule applies: the call, function or class, and what its arguments are worth."""

from dataclasses import dataclass, field

from shipcheck.code.arguments import Arguments
from shipcheck.code.asking import Given
from shipcheck.code.form import Call
from shipcheck.code.members import CONSTRUCTORS, base_arguments
from shipcheck.code.possible_values import (
    Alternative,
    Listed,
    Literal,
    Object,
    Outside,
    Recorded,
    Routine,
    Spot,
    Value,
    Values,
    one,
)
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope
from shipcheck.discover.rule import Path, Place

RECEIVER, RETURNS, WITHIN = "self", "returns", "within"


@dataclass(slots=True)
class Occurrence:
    """One place where a rule may apply. `given` are the arguments; `added` what later assignments give to its members."""

    value: Value
    spot: Spot
    scope: Scope | None
    given: Given | None
    holder: str
    symbol: tuple[str, ...]
    receiver: Value | None = None
    added: dict[str, list[Values]] = field(default_factory=dict)
    identity: tuple[object, ...] = ()


class RecordGiven:
    """A record, read as the arguments of a call."""

    scope = None
    positions: tuple[Values, ...] = ()
    names: dict[str, Values]

    def __init__(self, record: Recorded) -> None:
        self._record = record
        self.names = {entry.key: entry.values for entry in record.fields if entry.key is not None}
        self.identity: tuple[object, ...] = (record.spot,)

    def at(self, _position: int) -> Values | None:
        """A record has no positions."""
        return None

    def named(self, name: str) -> Values | None:
        """The field of that name; None if there is none."""
        return self._record.get(name) or None


def arguments_of(resolver: Resolver, call: Call, scope: Scope) -> Arguments:
    """The arguments of a call, each asked for with its own fuel."""
    return Arguments(resolver.ask, call.arguments, scope, Spot(scope.path, call.span))


def given_to(resolver: Resolver, value: Value) -> Given | None:
    """The arguments with which a value was made; of an object of a class here, what that hands to the class of the package."""
    match value:
        case Outside(made=call, scope=scope) if call is not None and scope is not None:
            return arguments_of(resolver, call, scope)
        case Object(call=call, scope=scope):
            handed = base_arguments(resolver, value)
            if handed is not None:
                return Arguments(resolver.ask, handed[0], handed[1], value.spot)
            if any(name in value.kind.scope.inside(value.kind.definition).table.names for name in CONSTRUCTORS[:2]):
                return None
            return arguments_of(resolver, call, scope) if call is not None and scope is not None else None
        case _:
            return None


def value_at(resolver: Resolver, occurrence: Occurrence, place: Place) -> Values | None:
    """What is at a place: the first alternative that is present; None if none is."""
    for path in place:
        found = _at(resolver, occurrence, path)
        if found is not None:
            return found
    return None


def _at(resolver: Resolver, occurrence: Occurrence, path: Path) -> Values | None:
    head, rest = path[0], path[1:]
    values: Values | None
    if head == RECEIVER:
        values = one(occurrence.receiver) if occurrence.receiver is not None else None
    elif head == RETURNS:
        values = resolver.ask_returns(occurrence.value) if isinstance(occurrence.value, Routine) else None
    elif head == WITHIN:
        values = one(Literal(enclosing_name(occurrence), occurrence.spot))
    else:
        values = _argument(resolver, occurrence, head)
    for step in rest:
        if values is None:
            return None
        values = inside(resolver, values, _step(occurrence, step))
    return values


def _step(occurrence: Occurrence, step: str | int) -> str | int:
    """A step of a path; `$0` is the text of argument 0."""
    if not isinstance(step, str) or not step.startswith("$") or occurrence.given is None:
        return step
    values = occurrence.given.at(int(step[1:])) if step[1:].isdecimal() else None
    return next((str(item.value.value) for item in values or () if isinstance(item.value, Literal)), step)


def enclosing_name(occurrence: Occurrence) -> str:
    """The name of the function, method or class around a call, else the stem of its file."""
    named = [name for name in occurrence.symbol if name]
    return named[-1] if named else occurrence.spot.path.rpartition("/")[2].partition(".")[0]


def _argument(resolver: Resolver, occurrence: Occurrence, head: str | int) -> Values | None:
    given = occurrence.given
    values: Values | None = None
    if given is not None:
        values = given.at(head) if isinstance(head, int) else given.named(head)
        if values is None and isinstance(head, str):
            values = _option(given, head)
    if values is None and isinstance(head, str) and isinstance(occurrence.value, Object):
        values = _declared(resolver, occurrence.value, head)
    if isinstance(head, str):
        for more in occurrence.added.get(head, []):
            values = (*(values or ()), *more)
    return values


def _declared(resolver: Resolver, owner: Object, name: str) -> Values | None:
    """A field that the class of an object gives a value in its body."""
    inner = owner.kind.scope.inside(owner.kind.definition)
    return resolver.ask_member(owner, name, owner.spot) if name in inner.table.names else None


def _option(given: Given, name: str) -> Values | None:
    """A field of an options object, which is read as an argument by name."""
    for values in given.positions:
        for item in values:
            if isinstance(item.value, Recorded):
                found = item.value.get(name)
                if found:
                    return found
    return None


def inside(resolver: Resolver, values: Values, step: str | int) -> Values | None:
    """What is under a key or position of a record, a list, or a call with arguments of that name."""
    found: list[Alternative] = []
    for item in values:
        match item.value:
            case Recorded() as record:
                found += record.get(str(step))
            case Listed(items=items) if isinstance(step, int) and step < len(items):
                found += items[step].values
            case Listed(items=items) if isinstance(step, str):
                found += inside(resolver, tuple(each for element in items for each in element.values), step) or ()
            case Routine() if step == RETURNS:
                found += resolver.ask_returns(item.value)
            case Outside() | Object():
                given = given_to(resolver, item.value)
                inner = (
                    (given.at(step) if isinstance(step, int) else given.named(step) or _option(given, step)) if given else None
                )
                found += inner or ()
            case _:
                pass
    return tuple(found) or None
