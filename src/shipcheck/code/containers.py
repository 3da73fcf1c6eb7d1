"""Lists, records and texts: what is in them, and what their own methods give."""

from shipcheck.code.arguments import Handed
from shipcheck.code.asking import Asking, Given, unsure
from shipcheck.code.possible_values import (
    Alternative,
    Element,
    Field,
    Later,
    Listed,
    Literal,
    Outside,
    Recorded,
    Routine,
    Spot,
    Unsure,
    Value,
    Values,
    conditional,
    known_as,
    one,
)

# Methods that give what they are called on, or a copy of it; of texts, one that is still recognisably the same text.
_SAME = frozenset({"copy", "slice", "sort", "reverse", "flat", "values", "toList", "reversed", "toSorted"})
_TEXT = frozenset(
    {
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "dedent",
        "trim",
        "trimStart",
        "trimEnd",
        "toString",
        "replace",
        "replaceAll",
    }
)
_MAKES_TEXT = frozenset({"format", "format_map", "join", "concat", "substitute", "safe_substitute"})


def items_of(values: Values, spot: Spot) -> Values:
    """The items of what may be a list, as alternatives; of a record its keys."""
    found: list[Alternative] = []
    for item in values:
        match item.value:
            case Listed(items=items, open=why):
                for element in items:
                    found += conditional(element.values, (*item.when, *element.when))
                if why:
                    found += unsure(why, *spot)
            case Recorded(fields=fields):
                found += [
                    Alternative(Literal(entry.key, entry.spot), item.how, item.when) for entry in fields if entry.key is not None
                ]
            case Unsure():
                found.append(item)
            case Outside():
                found.append(Alternative(Unsure("unknown", "an item of what a package gives", spot), "unknown", item.when))
            case _:
                found += unsure("an item of a value that is not a list", *spot)
    return tuple(found)


def combined(left: Values, right: Values, spot: Spot) -> Values:
    """Two lists one behind the other, two records in one, or two texts joined."""
    found: list[Alternative] = []
    for one_side in left[:8]:
        for other in right[:8]:
            found += conditional(one(_joined(one_side.value, other.value, spot), one_side.how), (*one_side.when, *other.when))
    return tuple(found)


def _joined(left: Value, right: Value, spot: Spot) -> Value:
    match left, right:
        case Listed(), Listed():
            return Listed((*left.items, *right.items), left.spot, left.open or right.open)
        case Recorded(), Recorded():
            return Recorded((*left.fields, *right.fields), left.spot, left.open or right.open)
        case Listed(), _:
            return Listed(left.items, left.spot, left.open or "a list of which only a part is known")
        case _, Listed():
            return Listed(right.items, right.spot, right.open or "a list of which only a part is known")
        case Literal(value=str() as first), Literal(value=str() as second):
            return Literal(first + second, left.spot, left.computed or right.computed)
        case Literal(value=str()), _:
            return Literal(left.value, left.spot, computed=True)
        case _, Literal(value=str()):
            return Literal(right.value, right.spot, computed=True)
        case _:
            return Unsure("unknown", "computed from other values", spot)


def method(asking: Asking, owner: Value, name: str, given: Given, spot: Spot) -> Values | None:
    """What a method of a list, a record or a text gives; None where it is not known."""
    match owner:
        case Literal(value=str()):
            return _of_text(owner, name)
        case Listed():
            return _of_list(asking, owner, name, given, spot)
        case Recorded():
            return _of_record(owner, name, given, spot)
        case Unsure() if name == "get" and (default := given.at(1)):
            return (Alternative(owner, owner.how), *known_as(default, "default"))
        case _:
            return None


def _of_text(owner: Literal, name: str) -> Values | None:
    if name in _TEXT:
        return one(owner)
    if name in _MAKES_TEXT:
        return one(Literal(owner.value, owner.spot, computed=True))
    return None


def _of_list(asking: Asking, owner: Listed, name: str, given: Given, spot: Spot) -> Values | None:
    if name in _SAME:
        return one(owner)
    if name == "concat":
        result: Values = one(owner)
        for values in given.positions:
            result = combined(result, values, spot)
        return result
    if name == "filter":
        return one(Listed(tuple(owner.items), owner.spot, owner.open))
    if name in {"map", "flatMap"} and given.positions:
        return _mapped(asking, owner, given.positions[0], spot)
    if name in {"pop", "find", "at", "shift"}:
        return items_of(one(owner), spot)
    return None


def _mapped(asking: Asking, owner: Listed, functions: Values, spot: Spot) -> Values | None:
    routine = next((item.value for item in functions if isinstance(item.value, Routine)), None)
    if routine is None:
        return None
    items = tuple(
        Element(Later(lambda element=element: asking.call(routine, Handed((element.values,), spot), spot)), element.when)  # type: ignore[misc]
        for element in owner.items
    )
    return one(Listed(items, spot, owner.open))


def _of_record(owner: Recorded, name: str, given: Given, spot: Spot) -> Values | None:
    if name == "get":
        return _got(owner, given, spot)
    if name == "copy":
        return one(owner)
    if name == "values":
        return one(Listed(tuple(Element(entry.values, entry.when) for entry in owner.fields), spot, owner.open))
    if name == "keys":
        keys = tuple(Element(one(Literal(entry.key, entry.spot)), entry.when) for entry in owner.fields)
        return one(Listed(keys, spot, owner.open))
    if name == "items":
        return one(Listed(tuple(_pair(entry, spot) for entry in owner.fields), spot, owner.open))
    return None


def _pair(entry: Field, spot: Spot) -> Element:
    pair = Listed((Element(one(Literal(entry.key, entry.spot))), Element(entry.values)), spot)
    return Element(one(pair), entry.when)


def pairs_of(owner: Recorded, spot: Spot) -> Listed:
    """The entries of a record as a list of pairs."""
    return Listed(tuple(_pair(entry, spot) for entry in owner.fields), spot, owner.open)


def _got(owner: Recorded, given: Given, spot: Spot) -> Values:
    keys = [
        item.value.value for item in given.at(0) or () if isinstance(item.value, Literal) and isinstance(item.value.value, str)
    ]
    found: list[Alternative] = []
    for key in keys:
        found += owner.get(key)
    if found:
        return tuple(found)
    if not keys:
        return tuple(item for entry in owner.fields for item in entry.values) or unsure(
            "an entry under a key that is not known", *spot
        )
    default = given.at(1)
    return known_as(default, "default") if default is not None else one(Literal(None, spot))
