"""The resolver: what an expression of the form may be worth, with fuel, and without running anything.

It knows neither a language nor a framework. A question that takes more steps than it may is answered with `Unsure`, and an answer
that was cut short is never remembered.
"""

from collections.abc import Callable
from typing import TypeVar

from shipcheck.code import known_calls
from shipcheck.code.asking import Given, OutOfFuelError, unsure
from shipcheck.code.calls import call_value, returned
from shipcheck.code.expressions import EVALUATORS
from shipcheck.code.form import (
    Comprehension,
    Expression,
    Function,
)
from shipcheck.code.loop_rounds import EMPTY, rounds_of
from shipcheck.code.members import member_of
from shipcheck.code.possible_values import (
    ENVIRONMENT,
    Alternative,
    Outside,
    Routine,
    Spot,
    Unsure,
    Value,
    Values,
    distinct,
    path_of,
)
from shipcheck.code.repository import Repository
from shipcheck.code.scopes import Scope

FUEL = 3_000
# After this many steps in questions about one file, or in all, each further question has little.
FILE_FUEL = 8_000
RUN_FUEL = 150_000
SCARCE = 100
# A function whose calls took so many steps, and so many each, is followed no further.
COSTLY = 3_000
COSTLY_CALL = 10
MAX_DEPTH = 120
MAX_CALLS = 6
MAX_ALTERNATIVES = 24
TOO_MUCH = "too much to follow"
MORE = "more alternatives than are followed"


T = TypeVar("T")


class Resolver:
    """Answers questions about one repository.

    `packages` are the roots that detectors look for, also where a module has the same name.
    """

    def __init__(self, repository: Repository, packages: frozenset[str] = frozenset(), fuel: int = FUEL) -> None:
        self.repository = repository
        self.packages = packages
        self.cut: dict[str, int] = {}
        self._fuel = self._left = fuel
        self._depth = 0
        self._asked = False
        self._spent: dict[str, int] = {}
        self._cuts = 0
        self._in_all = 0
        self._functions: list[int] = []
        self._costs: dict[int, tuple[int, int]] = {}
        self._remembered: dict[tuple[object, ...], Values] = {}
        self._open: set[tuple[object, ...]] = set()

    def ask(self, expression: Expression, scope: Scope) -> Values:
        """What an expression may be worth, within the fuel of one question."""
        found = scope.memo.get(id(expression))
        if found is not None:
            return found
        found = self.attempt(lambda: self.evaluate(expression, scope), scope.path)
        return unsure(TOO_MUCH, scope.path, expression.span) if found is None else found

    def ask_member(self, value: Value, name: str, spot: Spot) -> Values:
        """What a member of a value may be worth, within the fuel of one question."""
        return self.attempt(lambda: self.member(value, name, spot), spot.path) or unsure(TOO_MUCH, *spot)

    def ask_returns(self, routine: Routine) -> Values:
        """What a function may return when no call binds its parameters, within the fuel of one question."""
        scope = routine.scope.inside(routine.function)
        return self.attempt(lambda: returned(self, routine, scope, routine.spot), scope.path) or unsure(TOO_MUCH, *routine.spot)

    def rounds(self, node: Comprehension, scope: Scope) -> list[Scope]:
        """The scopes in which the element of a comprehension is evaluated; where its items are not known, one without them."""
        found = self.attempt(lambda: [inner for inner, _ in rounds_of(self, node.repeats, scope)], scope.path) or []
        return found or [Scope(scope.path, None, EMPTY, scope)]

    def attempt(self, answer: Callable[[], T], path: str) -> T | None:
        """The answer to a question about a file, which has fuel of its own; None where that is spent."""
        if self._asked:
            return answer()
        spent = self._spent.get(path, 0)
        start = self._left = self._fuel if spent < FILE_FUEL and self._in_all < RUN_FUEL else SCARCE
        self._asked = True
        try:
            return answer()
        except (OutOfFuelError, RecursionError):
            self._depth = 0
            self._open.clear()
            self._functions.clear()
            self.cut[path] = self.cut.get(path, 0) + 1
            return None
        finally:
            self._asked = False
            self._spent[path] = spent + start - self._left
            self._in_all += start - self._left

    def spend(self, steps: int = 1) -> None:
        """Take steps.

        Raises:
            OutOfFuelError: the question has no step left.
        """
        self._left -= steps
        if self._left < 0:
            raise OutOfFuelError

    def evaluate(self, expression: Expression, scope: Scope) -> Values:
        """What an expression may be worth in a scope."""
        key = id(expression)
        found = scope.memo.get(key)
        if found is not None:
            return found
        if not self._asked:
            return self.ask(expression, scope)
        self.spend()
        if key in scope.busy:
            self._cuts += 1
            return unsure("a value that depends on itself", scope.path, expression.span)
        if self._depth > MAX_DEPTH:
            raise OutOfFuelError
        scope.busy.add(key)
        self._depth += 1
        cuts = self._cuts
        try:
            values = EVALUATORS[type(expression)](self, expression, scope)
            if len(values) > 1:
                values = distinct(values)
                if len(values) > MAX_ALTERNATIVES:
                    values = (*values[:MAX_ALTERNATIVES], *unsure(MORE, scope.path, expression.span))
                self.spend(len(values))
        finally:
            self._depth -= 1
            scope.busy.discard(key)
        if cuts == self._cuts and expression.span[0] < 1 << 30:
            scope.memo[key] = values
        return values

    def once(self, key: tuple[object, ...], answer: Callable[[], Values], spot: Spot) -> Values:
        """The answer, remembered; or that it depends on itself where it is being looked for already."""
        if not self._asked:
            return self.attempt(lambda: self.once(key, answer, spot), spot.path) or unsure(TOO_MUCH, *spot)
        found = self._remembered.get(key)
        if found is not None:
            return found
        self.spend()
        if key in self._open:
            self._cuts += 1
            return unsure("a value that depends on itself", *spot)
        self._open.add(key)
        cuts = self._cuts
        try:
            values = answer()
        finally:
            self._open.discard(key)
        if cuts == self._cuts:
            self._remembered[key] = values
        return values

    def inside_call(self, function: Function, answer: Callable[[], Values], spot: Spot) -> Values:
        """The answer of a call of a function, unless it calls itself or calls are nested too deeply."""
        if not self._asked:
            return self.attempt(lambda: self.inside_call(function, answer, spot), spot.path) or unsure(TOO_MUCH, *spot)
        self.spend()
        key = id(function)
        if key in self._functions or len(self._functions) >= MAX_CALLS:
            self._cuts += 1
            return unsure("calls that are nested too deeply", *spot)
        calls, steps = self._costs.get(key, (0, 0))
        if steps > COSTLY and steps > calls * COSTLY_CALL:
            return unsure(TOO_MUCH, *spot)
        self._functions.append(key)
        before = self._left
        try:
            return answer()
        finally:
            self._functions.pop()
            calls, steps = self._costs.get(key, (0, 0))
            self._costs[key] = (calls + 1, steps + before - self._left)

    def member(self, value: Value, name: str, spot: Spot) -> Values:
        """What a member of a value may be worth."""
        if isinstance(value, Outside) and path_of(value) in known_calls.ENVIRONMENT_MEMBERS and name not in {"get", "setdefault"}:
            return (Alternative(Unsure(ENVIRONMENT, f"the variable {name} of the environment", spot), ENVIRONMENT),)
        return member_of(self, value, name, spot)

    def call(self, function: Value, arguments: Given, spot: Spot) -> Values:
        """What a call of a value gives."""
        return call_value(self, function, None, arguments, arguments.scope, spot)
