"""The rounds of loops and comprehensions: a scope for each item that is known."""

from shipcheck.code.arguments import parts_at
from shipcheck.code.asking import Asking, unsure
from shipcheck.code.containers import items_of
from shipcheck.code.decided_tests import remaining
from shipcheck.code.form import Bind, Block, Constant, Expression, Loop, Name, Record, Repeat, Sequence
from shipcheck.code.possible_values import (
    Alternative,
    Condition,
    Kind,
    Object,
    Outside,
    Routine,
    Spot,
    Unsure,
    Values,
    conditional,
)
from shipcheck.code.scopes import Scope

MAX_ROUNDS = 50
EMPTY = Block(tuple, (0, 0, 0, 0))
Round = tuple[Scope, tuple[Condition, ...]]


def rounds_of(asking: Asking, repeats: tuple[Repeat, ...], scope: Scope, when: tuple[Condition, ...] = ()) -> list[Round]:
    """The scopes in which the element of a comprehension is evaluated, with the conditions of each."""
    if not repeats:
        return [(scope, when)]
    repeat, rest = repeats[0], repeats[1:]
    found: list[Round] = []
    for inner, own in _over(asking, repeat.target, repeat.source, EMPTY, scope):
        conditions = tuple(Condition(test, holds=True, path=scope.path) for test in repeat.conditions)
        tests = remaining(asking, conditions, inner)
        if tests is not None:
            found += rounds_of(asking, rest, inner, (*when, *own, *tests))
    return found


def loop_rounds(asking: Asking, loops: tuple[Loop, ...], scope: Scope) -> list[Round] | None:
    """The scopes in which the body of nested loops runs; None where the items of one are not known."""
    found: list[Round] = [(scope, ())]
    for loop in loops:
        inner: list[Round] = []
        for outer, when in found:
            target = loop.target
            rounds = _over(asking, target, loop.source, loop.body, outer) if target is not None else []
            if not rounds or len(inner) + len(rounds) > MAX_ROUNDS or any(_is_unsure(each.bound) for each, _ in rounds):
                return None
            inner += [(each, (*when, *own)) for each, own in rounds]
        found = inner
    return found


def _is_unsure(bound: object) -> bool:
    """Whether every name of a round is of a value that is not known."""
    if not isinstance(bound, dict) or not bound:
        return True
    return all(isinstance(item.value, Unsure) for values in bound.values() for item in values)


def _over(asking: Asking, target: Expression, source: Expression, body: Block, scope: Scope) -> list[Round]:
    spot = Spot(scope.path, target.span)
    found: list[Round] = []
    for number, item in enumerate(items_of(asking.evaluate(source, scope), spot)):
        bound: dict[str, Values] = {}
        bind_target(asking, target, (item._replace(when=()),), bound, spot)
        found.append((Scope(scope.path, None, body, scope, bound, (*scope.identity, spot, number)), item.when))
        asking.spend()
    return found


def bind_target(asking: Asking, target: Expression, values: Values, bound: dict[str, Values], spot: Spot) -> None:
    """Bind the names of a pattern to what it takes out of values."""
    match target:
        case Name(name=name):
            bound[name] = values
        case Bind(target=inner):
            bind_target(asking, inner, values, bound, spot)
        case Sequence(items=items):
            for position, item in enumerate(items):
                bind_target(asking, item, step_into(asking, values, position, spot), bound, spot)
        case Record(entries=entries):
            for entry in entries:
                key = str(entry.key.value) if isinstance(entry.key, Constant) else "*"
                bind_target(asking, entry.value, step_into(asking, values, key, spot), bound, spot)
        case _:
            pass


def step_into(asking: Asking, values: Values, step: str | int, spot: Spot) -> Values:
    """What a pattern takes out of a value."""
    found = parts_at(values, step)
    if found:
        return found
    result: list[Alternative] = []
    for item in values:
        if isinstance(item.value, Outside | Object | Kind | Routine) and isinstance(step, str):
            result += conditional(asking.member(item.value, step, spot), item.when)
        elif isinstance(item.value, Outside):
            result.append(Alternative(item.value, item.how, item.when))
    return tuple(result) or unsure("a part of a value that is not known", *spot)
