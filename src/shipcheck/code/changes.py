"""What later statements of the same body change in a list or record, under the conditions in which they do."""

from functools import partial

from shipcheck.code.asking import Asking
from shipcheck.code.bindings import Change
from shipcheck.code.containers import items_of
from shipcheck.code.decided_tests import remaining
from shipcheck.code.form import Item
from shipcheck.code.loop_rounds import loop_rounds
from shipcheck.code.possible_values import (
    Alternative,
    Condition,
    Element,
    Field,
    Later,
    Listed,
    Literal,
    Recorded,
    Spot,
    Value,
    Values,
)
from shipcheck.code.scopes import Scope

_ADD_ONE = frozenset({"append", "push", "add", "unshift", "appendleft"})
_MERGE = frozenset({"update"})
_INSERT = "insert"


def with_changes(asking: Asking, name: str, values: Values, scope: Scope) -> Values:
    """Lists and records under a name, with what the body adds to them."""
    changes = scope.table.changes_of.get(name)
    if changes is None or not any(isinstance(item.value, Listed | Recorded) for item in values):
        return values
    return changed(asking, values, changes, scope)


def changed(asking: Asking, values: Values, changes: list[Change], scope: Scope) -> Values:
    """Lists and records with these changes."""
    result = values
    asking.spend(len(changes))
    for change in changes:
        for inner, when in _times(asking, change, scope):
            result = tuple(Alternative(_with(asking, item.value, change, inner, when), item.how, item.when) for item in result)
    return result


def _times(asking: Asking, change: Change, scope: Scope) -> list[tuple[Scope, tuple[Condition, ...]]]:
    """Where and under which conditions a change is made: once for each item of the loops around it, if these are known."""
    rounds = loop_rounds(asking, change.loops, scope) if change.loops else None
    if rounds is None:
        when = remaining(asking, change.tests, scope)
        return [] if when is None else [(scope, when)]
    around = remaining(asking, change.tests[: change.outer], scope)
    found: list[tuple[Scope, tuple[Condition, ...]]] = []
    for inner, own in rounds if around is not None else ():
        when = remaining(asking, change.tests[change.outer :], inner)
        if when is not None and around is not None:
            found.append((inner, (*around, *own, *when)))
    return found


def _with(asking: Asking, value: Value, change: Change, scope: Scope, when: tuple[Condition, ...]) -> Value:
    spot = Spot(scope.path, change.span)
    if isinstance(value, Listed):
        added = _added(asking, change, scope, when, spot)
        return Listed((*value.items, *added), value.spot, value.open) if added else value
    if isinstance(value, Recorded):
        entries = _entries(asking, change, scope, when, spot)
        return Recorded((*value.fields, *entries), value.spot, value.open) if entries else value
    return value


def _added(asking: Asking, change: Change, scope: Scope, when: tuple[Condition, ...], spot: Spot) -> tuple[Element, ...]:
    if change.how in _ADD_ONE:
        return tuple(Element(Later(partial(asking.evaluate, each, scope)), when) for each in change.values)
    if change.how == _INSERT and len(change.values) == 2:
        return (Element(Later(partial(asking.evaluate, change.values[1], scope)), when),)
    if change.how == "extend":
        found: list[Element] = []
        for each in change.values:
            values = asking.evaluate(each, scope)
            lists = [item for item in values if isinstance(item.value, Listed)]
            if lists and isinstance(lists[0].value, Listed):
                found += [element.under(when) for element in lists[0].value.items]
            else:
                found.append(Element(items_of(values, spot), when))
        return tuple(found)
    return ()


def _entries(asking: Asking, change: Change, scope: Scope, when: tuple[Condition, ...], spot: Spot) -> tuple[Field, ...]:
    if change.how == "item" and isinstance(change.target, Item):
        key = asking.evaluate(change.target.key, scope)
        names = [item.value.value for item in key if isinstance(item.value, Literal) and isinstance(item.value.value, str)]
        values = Later(partial(asking.evaluate, change.values[0], scope)) if change.values else ()
        keys: list[str | None] = [*names] or [None]
        return tuple(Field(name, values, spot, when) for name in keys)
    if change.how == "member":
        return tuple(Field(change.name, Later(partial(asking.evaluate, each, scope)), spot, when) for each in change.values)
    if change.how in _MERGE:
        found: list[Field] = []
        for each in change.values:
            for item in asking.evaluate(each, scope):
                if isinstance(item.value, Recorded):
                    found += [entry.under(when) for entry in item.value.fields]
        return tuple(found)
    return ()
