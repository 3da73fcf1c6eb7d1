"""Conditions of rules on arguments: true, false, or not known."""

from shipcheck.code.possible_values import Kind, Listed, Literal, Outside, Recorded, Routine, Value
from shipcheck.code.resolver import Resolver
from shipcheck.discover.match_callable import matches
from shipcheck.discover.occurrence import Occurrence, value_at
from shipcheck.discover.rule import Test


def holds(resolver: Resolver, occurrence: Occurrence, test: Test) -> bool | None:
    """Whether a condition on an argument holds; None where the argument is there and its value is not known."""
    values = value_at(resolver, occurrence, test.at)
    if test.how == "present":
        is_there = values is not None and not all(_is_nothing(item.value) for item in values)
        return is_there == (test.values[:1] != (False,))
    if test.how == "shape":
        return any(_shape_of(item.value) in test.values for item in values or ())
    if values is None:
        return False
    if test.how == "is":
        return any(
            matches(each, item.value.ecosystem, item.value.package, item.value.names)
            for item in values
            if isinstance(item.value, Outside)
            for each in test.callables
        )
    answers = {_holds_for(item.value, test) for item in values}
    if True in answers:
        return True
    return None if None in answers else False


def _shape_of(value: Value) -> str:
    match value:
        case Literal(value=str()):
            return "text"
        case Recorded():
            return "map"
        case Listed():
            return "list"
        case Routine():
            return "function"
        case _:
            return ""


def _is_nothing(value: Value) -> bool:
    match value:
        case Literal(value=None):
            return True
        case Listed(items=items, open=why) | Recorded(fields=items, open=why):
            return not items and not why
        case _:
            return False


def _holds_for(value: Value, test: Test) -> bool | None:
    match value:
        case Literal():
            return _literal_holds(value, test)
        case Recorded() if test.how == "has":
            return any(value.get(str(each)) for each in test.values) or (None if value.open else False)
        case Listed() if test.how == "has":
            return any(
                isinstance(item.value, Literal) and item.value.value in test.values
                for element in value.items
                for item in element.values
            )
        case Outside() if test.how == "in":
            return ".".join(value.names[-2:]) in test.values or (value.names[-1:] and value.names[-1] in test.values) or None
        case Kind() | Routine():
            return False if test.how == "in" else None
        case _:
            return None


def _literal_holds(value: Literal, test: Test) -> bool | None:
    """Whether a text or number passes; of a text that is known in part, only what its known part shows."""
    found, unsure = value.value, None if value.computed else False
    if test.how == "in":
        return unsure if value.computed else any(found == each and type(found) is type(each) for each in test.values)
    if not isinstance(found, str):
        return unsure
    text, words = found.strip().casefold(), [str(each).casefold() for each in test.values]
    if test.how == "contains":
        return any(word in text for word in words) or unsure
    return any(text.startswith(word) for word in words) if test.how == "starts" else unsure
