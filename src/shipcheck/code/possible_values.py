"""What an expression may be worth: a set of alternatives, each with how it is known and under which conditions.

A value names no language. What comes from a package is an `Outside`: the package and the path of names, in which a call gives a
value of the same path. What code of the repository makes is a `Routine`, a `Kind` of object, or an `Object`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from shipcheck.code.form import Call, Class, Expression, Function, Span

if TYPE_CHECKING:
    from shipcheck.code.scopes import Scope

_MOST_UNKNOWN = 4
CODE, DEFAULT, ENVIRONMENT, CALLER, UNKNOWN = "code", "default", "environment", "caller", "unknown"


class Spot(NamedTuple):
    """A place in a file."""

    path: str
    span: Span


class Condition(NamedTuple):
    """A test of the code, and whether it holds."""

    test: Expression
    holds: bool
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A text, a number, true or false, or no value at all. `computed` where parts of a text are not known."""

    value: str | bytes | int | float | complex | None
    spot: Spot
    computed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """Something of a package: `package` is empty for Python, where the first name is the module.

    `made` is the call that gave it, with the scope of that call; `receiver` the value that it is a member of. `ambiguous` where
    the name could also be of a module of the repository. A member of a value that is not known has that value as `origin`.
    """

    ecosystem: str
    package: str
    names: tuple[str, ...]
    spot: Spot
    made: Call | None = None
    scope: "Scope | None" = None
    receiver: "Outside | None" = None
    ambiguous: str = ""
    through: "Object | None" = None
    origin: "Unsure | None" = None

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for the same call in the same scope, and for no other."""
        return (self.spot, self.names, self.package, None if self.scope is None else self.scope.identity)


class Before(NamedTuple):
    """Arguments that a function was given before it is called, and what tells them from others."""

    positions: tuple["Values", ...]
    names: Mapping[str, "Values"]
    identity: tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Routine:
    """A function of the repository, with the scope that it is defined in and the object that it is called on.

    `before` are arguments that it was given before it is called.
    """

    function: Function
    scope: "Scope"
    spot: Spot
    receiver: "Object | Kind | None" = None
    before: "Before | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A class of the repository."""

    definition: Class
    scope: "Scope"
    spot: Spot


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """An object of a class of the repository; without a call, one that a type alone promises."""

    kind: Kind
    call: Call | None
    scope: "Scope | None"
    spot: Spot

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for the same call in the same scope."""
        return (self.spot, None if self.scope is None else self.scope.identity)


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module as a value: a file of the repository, or a folder of modules."""

    path: str
    spot: Spot


class Later:
    """Values that are looked for when they are first read: most items of lists are never asked for."""

    __slots__ = ("_answer", "_values")

    def __init__(self, answer: "Callable[[], Values]") -> None:
        self._answer: Callable[[], Values] | None = answer
        self._values: Values = ()

    @property
    def values(self) -> "Values":
        """What the item may be worth. An answer that fails is looked for again."""
        if self._answer is not None:
            self._values = self._answer()
            self._answer = None
        return self._values


class Element:
    """One item of a list, with the conditions under which it is there."""

    __slots__ = ("_values", "when")

    def __init__(self, values: "Values | Later", when: tuple[Condition, ...] = ()) -> None:
        self._values = values
        self.when = when

    @property
    def values(self) -> "Values":
        """What it may be worth."""
        return self._values.values if isinstance(self._values, Later) else self._values

    def under(self, when: tuple[Condition, ...]) -> "Element":
        """The same item under further conditions."""
        return Element(self._values, (*when, *self.when)) if when else self


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A list; `open` says why there may be more items than these."""

    items: tuple[Element, ...]
    spot: Spot
    open: str = ""


class Field:
    """One entry of a record. The key is a text; where it is not known, `key` is None."""

    __slots__ = ("_values", "key", "spot", "when")

    def __init__(self, key: str | None, values: "Values | Later", spot: Spot, when: tuple[Condition, ...] = ()) -> None:
        self.key = key
        self._values = values
        self.spot = spot
        self.when = when

    @property
    def values(self) -> "Values":
        """What it may be worth."""
        return self._values.values if isinstance(self._values, Later) else self._values

    def under(self, when: tuple[Condition, ...]) -> "Field":
        """The same entry under further conditions."""
        return Field(self.key, self._values, self.spot, (*when, *self.when)) if when else self


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A record; `open` says why there may be more fields than these."""

    fields: tuple[Field, ...]
    spot: Spot
    open: str = ""

    def get(self, key: str) -> "Values":
        """What the record has under a key; empty if nothing. Of unconditional entries the last counts."""
        found: Values = ()
        for entry in self.fields:
            if entry.key == key:
                found = (*found, *conditional(entry.values, entry.when)) if entry.when else entry.values
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Unsure:
    """A value that the code does not show: `how` is environment, caller or unknown, and `why` says more.

    `type` is the path of its type where that is one of the language itself.
    """

    how: str
    why: str
    spot: Spot
    type: tuple[str, ...] = ()


Value: TypeAlias = Literal | Outside | Routine | Kind | Object | Module | Listed | Recorded | Unsure


class Alternative(NamedTuple):
    """One value that an expression may have."""

    value: Value
    how: str = CODE
    when: tuple[Condition, ...] = ()


Values: TypeAlias = tuple[Alternative, ...]


def not_known(value: Value) -> Unsure | None:
    """The value that is not known, where this is one or a part of one."""
    if isinstance(value, Unsure):
        return value
    return value.origin if isinstance(value, Outside) else None


def one(value: Value, how: str = CODE) -> Values:
    """A single value without a condition."""
    return (Alternative(value, value.how if isinstance(value, Unsure) else how),)


def distinct(values: Values) -> Values:
    """The alternatives without those that say the same again; the one with the fewest conditions stays.

    Of those that are not known, a few are enough.
    """
    kept: dict[tuple[object, ...], Alternative] = {}
    unknown: dict[str, int] = {}
    for item in values:
        reason = not_known(item.value)
        if reason is not None:
            unknown[reason.how] = unknown.get(reason.how, 0) + 1
            if unknown[reason.how] > _MOST_UNKNOWN:
                continue
        key = _content(item.value)
        known = kept.get(key)
        if known is None or len(item.when) < len(known.when):
            kept[key] = item
    return tuple(kept.values())


def _content(value: Value) -> tuple[object, ...]:
    match value:
        case Literal(value=literal, spot=spot):
            return ("literal", type(literal), literal, spot)
        case Unsure(why=why, how=how):
            return ("unsure", why, how)
        case Outside() | Object():
            return (
                "made",
                *value.identity,
                id(value.kind) if isinstance(value, Object) else value.receiver and value.receiver.spot,
            )
        case _:
            return ("other", id(value))


def conditional(values: Values, when: tuple[Condition, ...]) -> Values:
    """The same values under further conditions."""
    if not when:
        return values
    return tuple([Alternative(value, how, (*when, *own)) for value, how, own in values])


def known_as(values: Values, how: str) -> Values:
    """The same values, known in another way unless they are not known."""
    return tuple(item if isinstance(item.value, Unsure) else item._replace(how=how) for item in values)


def extended(value: Outside, name: str, spot: Spot) -> Outside:
    """A member of something of a package, which is known by its path."""
    return Outside(
        value.ecosystem,
        value.package,
        (*value.names, name),
        spot,
        receiver=value,
        ambiguous=value.ambiguous,
        through=value.through,
    )


def path_of(value: Outside) -> str:
    """The path of something of a package, as `package:name.name`, or `module.name` of Python."""
    path = ".".join(value.names)
    return f"{value.package}:{path}" if value.package else path
