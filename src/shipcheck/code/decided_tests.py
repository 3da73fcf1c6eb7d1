"""Tests that are decided by what is known: literals, and the arguments that a call binds."""

from collections.abc import Callable, Iterable
from itertools import product

from shipcheck.code.asking import Asking
from shipcheck.code.form import Call, Compare, Constant, Either, Expression, Member, Name, Not, Operation
from shipcheck.code.possible_values import Condition, Kind, Listed, Literal, Object, Outside, Recorded, Routine, Value, Values
from shipcheck.code.repository import NPM, ecosystem_of
from shipcheck.code.scopes import Scope

# What the languages call their own types, and the classes of values that are of them.
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (float,), "bool": (bool,), "bytes": (bytes,), "complex": (complex,),
}  # fmt: skip
_CONTAINERS: dict[str, type] = {"list": Listed, "tuple": Listed, "set": Listed, "dict": Recorded}
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_MAX_PAIRS = 64


def remaining(asking: Asking, when: tuple[Condition, ...], scope: Scope) -> tuple[Condition, ...] | None:
    """The conditions that are not decided; None where one of them cannot hold."""
    kept: tuple[Condition, ...] = ()
    for condition in when:
        found = decided(asking, condition.test, scope)
        if found is None:
            kept = (*kept, condition)
        elif found is not condition.holds:
            return None
    return kept


def decided(asking: Asking, test: Expression, scope: Scope) -> bool | None:
    """Whether a test holds, as far as the arguments of a call or literals decide it; None where they do not."""
    if not scope.is_bound and not _is_literal(test):
        return None
    return _holds(asking, test, scope)


def _is_literal(test: Expression) -> bool:
    match test:
        case Constant():
            return True
        case Not(value=value):
            return _is_literal(value)
        case Either(values=values) | Compare(operands=values):
            return all(_is_literal(value) for value in values)
        case _:
            return False


def _holds(asking: Asking, test: Expression, scope: Scope) -> bool | None:
    match test:
        case Not(value=value):
            found = _holds(asking, value, scope)
            return None if found is None else not found
        case Either(operator="and" | "or" as operator, values=values):
            return _either(operator, [_holds(asking, value, scope) for value in values])
        case Compare(operators=(operator,), operands=(left, right)):
            return _compared(asking, operator, left, right, scope)
        case Call():
            found = _is_instance(asking, test, scope)
            return found if found is not None else _agreed(map(truth, _known(asking, test, scope), _paths(scope)))
        case _:
            return _agreed(map(truth, _known(asking, test, scope), _paths(scope)))


def _paths(scope: Scope) -> Iterable[str]:
    while True:
        yield scope.path


def _known(asking: Asking, expression: Expression, scope: Scope) -> list[Value]:
    return [item.value for item in asking.evaluate(expression, scope)]


def _either(operator: str, found: list[bool | None]) -> bool | None:
    deciding = operator == "or"
    if any(each is deciding for each in found):
        return deciding
    return None if None in found else not deciding


def _agreed(found: Iterable[bool | None]) -> bool | None:
    """What all of them say; None where they differ or one of them does not know."""
    said = set(found)
    return said.pop() if len(said) == 1 else None


def truth(value: Value, path: str) -> bool | None:
    """Whether a value counts as true; None where that is not known."""
    match value:
        case Literal(value=literal, computed=computed):
            return None if computed and not literal else bool(literal)
        case Listed(items=items, open=why) | Recorded(fields=items, open=why):
            if ecosystem_of(path) == NPM or any(not item.when for item in items):
                return True
            return None if items or why else False
        case Routine() | Kind():
            return True
        case _:
            return False if is_nothing(value) else None if is_nothing(value) is None else True


def is_nothing(value: Value) -> bool | None:
    """Whether a value is none; None where that is not known."""
    match value:
        case Literal(value=literal):
            return literal is None
        case Routine() | Kind() | Listed() | Recorded() | Object():
            return False
        case Outside(names=names, made=made) if made is not None and names and names[-1][:1].isupper():
            return False
        case _:
            return None


def _compared(asking: Asking, operator: str, left: Expression, right: Expression, scope: Scope) -> bool | None:
    if isinstance(left, Operation) and left.operator == "typeof":
        return None
    first, second = _known(asking, left, scope), _known(asking, right, scope)
    if not first or not second or len(first) * len(second) > _MAX_PAIRS:
        return None
    opposite = operator in {"!=", "is-not", "not-in"}
    found = _agreed(_pair(operator, one, other) for one, other in product(first, second))
    return None if found is None else found is not opposite


def _pair(operator: str, left: Value, right: Value) -> bool | None:
    if operator in {"in", "not-in"}:
        return _contains(right, left)
    if operator not in _ORDERS:
        return _equal(left, right)
    if isinstance(left, Literal) and isinstance(right, Literal):
        first, second = left.value, right.value
        if isinstance(first, int | float) and isinstance(second, int | float):
            return _ORDERS[operator](first, second)
    return None


def _equal(left: Value, right: Value) -> bool | None:
    if isinstance(left, Literal) and isinstance(right, Literal):
        return None if left.computed or right.computed else left.value == right.value
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Literal) and one.value is None:
            return is_nothing(other)
    if isinstance(left, Routine | Kind) and isinstance(right, Routine | Kind):
        return left.spot == right.spot
    return None


def _contains(container: Value, value: Value) -> bool | None:
    if not isinstance(value, Literal) or value.computed:
        return None
    match container:
        case Recorded(fields=fields, open=why):
            if any(entry.key == value.value and not entry.when for entry in fields):
                return True
            return None if why or any(entry.key is None or entry.key == value.value for entry in fields) else False
        case Listed(items=items, open=why):
            found = [_agreed(_equal(each.value, value) for each in item.values) for item in items]
            if any(same and not item.when for same, item in zip(found, items, strict=True)):
                return True
            return None if why or any(same is not False for same in found) else False
        case Literal(value=str() as text, computed=False) if isinstance(value.value, str):
            return value.value in text
        case _:
            return None


def _is_instance(asking: Asking, test: Call, scope: Scope) -> bool | None:
    arguments = [argument.value for argument in test.arguments if not argument.spread]
    match test.callee, arguments:
        case Name(name="isinstance"), [value, types]:
            found = [asking.evaluate(value, scope), asking.evaluate(types, scope)]
            return _agreed(_is_of(item.value, _each(found[1])) for item in found[0])
        case Name(name="callable"), [value]:
            return _agreed(_is_callable(each) for each in _known(asking, value, scope))
        case Member(owner=Name(name="Array"), name="isArray"), [value]:
            return _agreed(_is_of(each, [None, "list"]) for each in _known(asking, value, scope))
        case _:
            return None


def _each(types: Values) -> list[str | Kind | None]:
    """The names of built-in types, and the classes of the repository, that a value may be of; None for any other."""
    found: list[str | Kind | None] = []
    for item in types:
        match item.value:
            case Outside(names=("builtins", name)):
                found.append(name)
            case Kind() as kind:
                found.append(kind)
            case Listed(items=items, open=""):
                found += [each for element in items for each in _each(element.values)]
            case _:
                found.append(None)
    return found


def _is_callable(value: Value) -> bool | None:
    match value:
        case Routine() | Kind():
            return True
        case Literal() | Listed() | Recorded():
            return False
        case _:
            return None


def _is_of(value: Value, types: list[str | Kind | None]) -> bool | None:
    """Whether a value is of one of these types."""
    names = [each for each in types if isinstance(each, str)]
    match value:
        case Literal(value=literal):
            if any(isinstance(literal, _TYPES.get(name, ())) for name in names):
                return True
        case Listed() | Recorded():
            if any(isinstance(value, _CONTAINERS.get(name, ())) for name in names):
                # A list and a tuple are the same everywhere, so only a type of either kind decides.
                return True
        case Object(kind=kind):
            same = any(isinstance(each, Kind) and each.spot == kind.spot for each in types)
            return True if same else None
        case Routine():
            pass
        case _:
            return None
    return None if None in types else False
