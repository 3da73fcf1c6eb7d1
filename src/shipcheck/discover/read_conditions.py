"""Conditions of a rule: `when` and `unless`."""

from shipcheck.discover.detector_keys import Keys, Plain
from shipcheck.discover.read_callables import callables_under
from shipcheck.discover.read_places import place_under
from shipcheck.discover.rule import Test
from shipcheck.english import listed
from shipcheck.model.document import Node

_WAYS = ("in", "present", "starts", "contains", "has", "shape", "is")
_SHAPES = ("text", "map", "list", "function")


def conditions_under(keys: Keys, name: str, *, in_file: bool = False) -> tuple[Test, ...]:
    """The tests under a key: one map or a list of them; those that are wrong are reported."""
    tests = [_test(Keys(keys.context, item, f"'{name}'"), item, in_file=in_file) for item in keys.items(name)]
    return tuple(test for test in tests if test)


def _test(keys: Keys, node: Node, *, in_file: bool) -> Test | None:
    keys.allow(("at", *_WAYS))
    keys.require("at")
    ways = keys.present(_WAYS)
    if len(ways) != 1:
        keys.report(node, f"{keys.what} has exactly one of {listed(_WAYS, 'and')}")
        return None
    (how,) = ways
    if in_file:
        keys.refuse(("is", "contains"), "is only for a rule about code")
    at = place_under(keys, "at", in_file=in_file)
    return Test(at, how, () if how == "is" else _values(keys, how), callables_under(keys, "is"))


def _values(keys: Keys, how: str) -> tuple[Plain, ...]:
    if how == "present":
        return (keys.flag(how),)
    if how == "shape":
        return tuple(keys.context.word(item, _SHAPES, "shape") for item in keys.items(how))
    values = keys.values(how)
    if how in {"starts", "contains"} and not all(isinstance(value, str) and value for value in values):
        keys.report(keys.at(how), f"'{how}' must be a list of texts")
    return values
