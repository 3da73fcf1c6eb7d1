"""What each kind of expression is worth: one function for each, by the node of the form."""

from collections.abc import Callable
from functools import partial

from shipcheck.code import known_calls
from shipcheck.code.asking import Asking, unsure
from shipcheck.code.calls import called
from shipcheck.code.containers import combined, items_of
from shipcheck.code.decided_tests import decided, is_nothing
from shipcheck.code.form import (
    Await,
    Bind,
    Call,
    Choice,
    Class,
    Compare,
    Comprehension,
    Constant,
    Either,
    Entry,
    Expression,
    Function,
    Item,
    Load,
    Member,
    Name,
    Not,
    Opaque,
    Operation,
    Record,
    Sequence,
    Spread,
    Template,
    Yield,
)
from shipcheck.code.looked_up import look_up
from shipcheck.code.loop_rounds import rounds_of
from shipcheck.code.modules import from_module
from shipcheck.code.possible_values import (
    ENVIRONMENT,
    Alternative,
    Condition,
    Element,
    Field,
    Kind,
    Later,
    Listed,
    Literal,
    Object,
    Outside,
    Recorded,
    Routine,
    Spot,
    Unsure,
    Values,
    conditional,
    one,
    path_of,
)
from shipcheck.code.scopes import Scope


def _constant(_: Asking, node: Constant, scope: Scope) -> Values:
    return one(Literal(node.value, Spot(scope.path, node.span)))


def _template(asking: Asking, node: Template, scope: Scope) -> Values:
    text = ""
    computed = False
    for part in node.parts:
        values = asking.evaluate(part, scope)
        literal = values[0].value if len(values) == 1 else None
        if isinstance(literal, Literal) and isinstance(literal.value, str | int | float) and not literal.computed:
            text += str(literal.value)
        else:
            computed = True
    return one(Literal(text, Spot(scope.path, node.span), computed))


def _name(asking: Asking, node: Name, scope: Scope) -> Values:
    return look_up(asking, node.name, scope, node.span)


def _member(asking: Asking, node: Member, scope: Scope) -> Values:
    spot = Spot(scope.path, node.span)
    found: list[Alternative] = []
    for item in asking.evaluate(node.owner, scope):
        found += conditional(asking.member(item.value, node.name, spot), item.when)
    return tuple(found)


def _item(asking: Asking, node: Item, scope: Scope) -> Values:
    spot = Spot(scope.path, node.span)
    found: list[Alternative] = []
    for item in asking.evaluate(node.owner, scope):
        found += conditional(_item_of(asking, item, node.key, scope, spot), item.when)
    return tuple(found)


def _item_of(asking: Asking, item: Alternative, key: Expression, scope: Scope, spot: Spot) -> Values:
    value = item.value
    if isinstance(value, Outside):
        if path_of(value) in known_calls.ENVIRONMENT_MEMBERS:
            literals = [each.value.value for each in asking.evaluate(key, scope) if isinstance(each.value, Literal)]
            names = [name for name in literals if isinstance(name, str)]
            return (
                Alternative(
                    Unsure(ENVIRONMENT, f"the variable {names[0] if names else '?'} of the environment", spot), ENVIRONMENT
                ),
            )
        return (item,)
    if isinstance(value, Kind | Unsure | Object):
        return (item,)
    keys = [each.value.value for each in asking.evaluate(key, scope) if isinstance(each.value, Literal)]
    if isinstance(value, Recorded):
        found = tuple(each for name in keys if isinstance(name, str) for each in value.get(name))
        return found or (
            tuple(each for entry in value.fields for each in entry.values)
            if not keys and value.fields
            else unsure("an entry under a key that is not known", *spot)
        )
    if isinstance(value, Listed):
        for number in keys:
            if isinstance(number, int) and -len(value.items) <= number < len(value.items):
                return value.items[number].values
        return items_of((item,), spot)
    return unsure("an item of a value that is not known", *spot)


def _load(asking: Asking, node: Load, scope: Scope) -> Values:
    return from_module(asking, node.module, 0, "", scope.path, Spot(scope.path, node.span))


def _sequence(asking: Asking, node: Sequence, scope: Scope) -> Values:
    items: list[Element] = []
    why = ""
    for item in node.items:
        if not isinstance(item, Spread):
            items.append(Element(Later(partial(asking.evaluate, item, scope))))
            continue
        inner, reason = _spread(asking, item.value, scope)
        items += inner
        why = why or reason
    return one(Listed(tuple(items), Spot(scope.path, node.span), why))


def _spread(asking: Asking, value: Expression, scope: Scope) -> tuple[list[Element], str]:
    """The items that an unpacked value adds, and why there may be more."""
    items: list[Element] = []
    why = ""
    for each in asking.evaluate(value, scope):
        match each.value:
            case Listed(items=inner, open=reason):
                items += [element.under(each.when) for element in inner]
                why = why or reason
            case Unsure(why=reason):
                why = why or reason
            case Literal():
                pass
            case _:
                items.append(Element((each,)))
    return items, why


def _record(asking: Asking, node: Record, scope: Scope) -> Values:
    fields: list[Field] = []
    why = ""
    for entry in node.entries:
        spot = Spot(scope.path, entry.span)
        if entry.key is None:
            for each in asking.evaluate(entry.value, scope):
                if isinstance(each.value, Recorded):
                    fields += [field.under(each.when) for field in each.value.fields]
                    why = why or each.value.open
                elif not isinstance(each.value, Literal):
                    why = why or (each.value.why if isinstance(each.value, Unsure) else "an unpacked value")
            continue
        for key in _keys(asking, entry.key, scope):
            fields.append(Field(key, Later(partial(asking.evaluate, entry.value, scope)), spot))
    return one(Recorded(tuple(fields), Spot(scope.path, node.span), why))


def _keys(asking: Asking, key: Expression, scope: Scope) -> list[str | None]:
    if isinstance(key, Constant):
        return [str(key.value)]
    found: list[str | None] = []
    for item in asking.evaluate(key, scope):
        if isinstance(item.value, Literal) and isinstance(item.value.value, str):
            found.append(item.value.value)
        elif isinstance(item.value, Routine):
            found.append(item.value.function.name)
    return found or [None]


def _choice(asking: Asking, node: Choice, scope: Scope) -> Values:
    found = decided(asking, node.test, scope)
    if found is not None:
        return asking.evaluate(node.yes if found else node.no, scope)
    yes = conditional(asking.evaluate(node.yes, scope), (Condition(node.test, holds=True, path=scope.path),))
    no = conditional(asking.evaluate(node.no, scope), (Condition(node.test, holds=False, path=scope.path),))
    return (*yes, *no)


def _either(asking: Asking, node: Either, scope: Scope) -> Values:
    if node.operator == "and":
        return _last_of_all(asking, node, scope)
    found: list[Alternative] = []
    for position, value in enumerate(node.values):
        values = asking.evaluate(value, scope)
        passes = position < len(node.values) - 1 and _passes(asking, node.operator, value, values, scope)
        if passes is not True:
            found += conditional(values, (Condition(node.values[0], holds=False, path=scope.path),) if found else ())
        if passes is False:
            break
    return tuple(item for item in found if not (isinstance(item.value, Literal) and item.value.value is None)) or tuple(found)


def _last_of_all(asking: Asking, node: Either, scope: Scope) -> Values:
    """What `and` gives: the last value under the others, or the first that is known not to hold."""
    when: list[Condition] = []
    for value in node.values[:-1]:
        found = decided(asking, value, scope)
        if found is False:
            return asking.evaluate(value, scope)
        if found is None:
            when.append(Condition(value, holds=True, path=scope.path))
    return conditional(asking.evaluate(node.values[-1], scope), tuple(when))


def _passes(asking: Asking, operator: str, value: Expression, values: Values, scope: Scope) -> bool | None:
    """Whether `or` or `??` goes on behind a value; None where that is not known."""
    if operator != "??":
        found = decided(asking, value, scope)
        return None if found is None else not found
    said = {is_nothing(item.value) for item in values}
    return said.pop() if scope.is_bound and len(said) == 1 else None


def _operation(asking: Asking, node: Operation, scope: Scope) -> Values:
    spot = Spot(scope.path, node.span)
    if node.operator in {"+", "|"} and len(node.operands) > 1:
        result = asking.evaluate(node.operands[0], scope)
        for operand in node.operands[1:]:
            result = combined(result, asking.evaluate(operand, scope), spot)
        return result
    if node.operator == "%" and len(node.operands) == 2:
        left = asking.evaluate(node.operands[0], scope)
        return tuple(
            item._replace(value=Literal(item.value.value, item.value.spot, computed=True))
            for item in left
            if isinstance(item.value, Literal) and isinstance(item.value.value, str)
        ) or unsure("computed", *spot)
    if node.operator == "-" and len(node.operands) == 1 and isinstance(node.operands[0], Constant):
        value = node.operands[0].value
        if isinstance(value, int | float):
            return one(Literal(-value, spot))
    return unsure("computed", *spot)


def _comprehension(asking: Asking, node: Comprehension, scope: Scope) -> Values:
    spot = Spot(scope.path, node.span)
    rounds = rounds_of(asking, node.repeats, scope)
    if isinstance(node.element, Entry):
        fields: list[Field] = []
        for inner, when in rounds:
            if node.element.key is not None:
                keys = _keys(asking, node.element.key, inner)
                fields += [Field(key, Later(partial(asking.evaluate, node.element.value, inner)), spot, when) for key in keys]
        return one(Recorded(tuple(fields), spot, "" if rounds else "a comprehension over a list that is not known"))
    items = tuple(Element(Later(partial(asking.evaluate, node.element, inner)), when) for inner, when in rounds)
    return one(Listed(items, spot, "" if rounds else "a comprehension over a list that is not known"))


def _inner(asking: Asking, node: Await | Bind | Spread, scope: Scope) -> Values:
    return asking.evaluate(node.value, scope)


def _function(_: Asking, node: Function, scope: Scope) -> Values:
    return one(Routine(node, scope, Spot(scope.path, node.span)))


def _class(_: Asking, node: Class, scope: Scope) -> Values:
    return one(Kind(node, scope, Spot(scope.path, node.span)))


def _not(asking: Asking, node: Not, scope: Scope) -> Values:
    values = asking.evaluate(node.value, scope)
    if len(values) == 1 and isinstance(values[0].value, Literal) and isinstance(values[0].value.value, bool):
        return one(Literal(not values[0].value.value, Spot(scope.path, node.span)))
    return unsure("computed", scope.path, node.span)


def _computed(_: Asking, node: Compare | Opaque | Yield, scope: Scope) -> Values:
    return unsure("computed", scope.path, node.span)


def _called(asking: Asking, node: Call, scope: Scope) -> Values:
    return called(asking, node, scope)


EVALUATORS: dict[type, Callable[..., Values]] = {
    Constant: _constant,
    Template: _template,
    Name: _name,
    Member: _member,
    Item: _item,
    Call: _called,
    Load: _load,
    Sequence: _sequence,
    Spread: _inner,
    Record: _record,
    Choice: _choice,
    Either: _either,
    Not: _not,
    Compare: _computed,
    Operation: _operation,
    Comprehension: _comprehension,
    Await: _inner,
    Yield: _computed,
    Bind: _inner,
    Function: _function,
    Class: _class,
    Opaque: _computed,
}
