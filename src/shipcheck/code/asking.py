"""What the parts of the resolver ask of each other, and the fuel that every question has."""

from collections.abc import Callable
from typing import Protocol

from shipcheck.code.form import Expression, Function, Span
from shipcheck.code.possible_values import UNKNOWN, Alternative, Spot, Unsure, Value, Values
from shipcheck.code.repository import Repository
from shipcheck.code.scopes import Scope


class OutOfFuelError(Exception):
    """A question that takes more steps than it may."""


class Asking(Protocol):
    """The resolver, as its parts see it."""

    repository: Repository
    packages: frozenset[str]

    def evaluate(self, expression: Expression, scope: Scope) -> Values:
        """What an expression may be worth."""

    def member(self, value: Value, name: str, spot: Spot) -> Values:
        """What a member of a value may be worth."""

    def call(self, function: Value, arguments: "Given", spot: Spot) -> Values:
        """What a call of a value gives."""

    def spend(self, steps: int = 1) -> None:
        """Take steps."""

    def once(self, key: tuple[object, ...], answer: Callable[[], Values], spot: Spot) -> Values:
        """The answer, or that it depends on itself where it is being looked for already."""

    def inside_call(self, function: Function, answer: Callable[[], Values], spot: Spot) -> Values:
        """The answer of a call of a function, unless calls are nested too deeply."""


class Given(Protocol):
    """The arguments of a call, evaluated when they are first asked for."""

    @property
    def scope(self) -> Scope | None:
        """Where the call is made."""

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells this call from others."""

    def at(self, position: int) -> Values | None:
        """The argument at a position; None if there is none."""

    def named(self, name: str) -> Values | None:
        """The argument of that name; None if there is none."""

    @property
    def positions(self) -> tuple[Values, ...]:
        """Every argument by position, unpacked lists included."""

    @property
    def names(self) -> dict[str, Values]:
        """Every argument by name, unpacked records included."""


def unsure(why: str, path: str, span: Span, how: str = UNKNOWN) -> Values:
    """A value that is not known."""
    return (Alternative(Unsure(how, why, Spot(path, span)), how),)
