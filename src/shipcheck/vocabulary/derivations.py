"""Builds what is derived, flows and floors, from the plain data of schemas/vocabulary.yaml, in the order to derive it."""

from collections.abc import Iterator, Mapping
from typing import Any

from shipcheck.vocabulary.vocabulary import Arising, Choice, FloorRule, FloorSpec, FlowSpec, Test

Derivation = FlowSpec | FloorSpec


def floor(name: str, entry: Any, choices: Mapping[str, Choice], fields: Mapping[str, Any]) -> FloorSpec:
    """The floor of the field `name`, KIND.FIELD; `fields` is the plain data of the fields of its kind."""
    kind, _, field = name.partition(".")
    rules = tuple(
        FloorRule(rule["at_least"], _tests(rule.get("when", {})), _tests(rule.get("certain", {})), rule["says"])
        for rule in entry["rules"]
    )
    fills = fields[field].get("absent") == "floor"
    return FloorSpec(kind, field, entry["description"], choices[fields[field]["words"]], rules, fills)


def seeds(entry: Any) -> tuple[dict[str, str], tuple[Arising, ...]]:
    """What `from` of a flow says: the field of each kind that gives a value, and what arises by tests."""
    given = entry.get("from", {})
    fields = {kind: field for kind, field in given.items() if isinstance(field, str)}
    rules = ((kind, one) for kind, ones in given.items() if not isinstance(ones, str) for one in _listed(ones))
    return fields, tuple(_arising(kind, one) for kind, one in rules)


def _arising(kind: str, entry: Any) -> Arising:
    gives = entry.get("gives")
    return Arising(kind, _tests(entry["when"]), None if gives == "unknown" else gives, entry.get("field", ""))


def _listed(entry: Any) -> list[Any]:
    return entry if isinstance(entry, list) else [entry]


def _tests(entry: Any) -> tuple[Test, ...]:
    return tuple(_test(name, value) for name, value in entry.items())


def _test(name: str, value: Any) -> Test:
    return Test(name, (), _tests(value)) if isinstance(value, dict) else Test(name, tuple(value), ())


def ordered(flows: Mapping[str, FlowSpec], floors: Mapping[str, FloorSpec]) -> tuple[Derivation, ...]:
    """All flows and floors, each after those whose values it reads.

    Raises:
        ValueError: some read each other.
    """
    waiting: dict[str, Derivation] = {**flows, **floors}
    done: dict[str, Derivation] = {}
    while waiting:
        ready = [name for name, one in waiting.items() if not set(_read(one, flows, floors)) & set(waiting)]
        if not ready:
            raise ValueError(f"{', '.join(waiting)}: derived from each other")
        done |= {name: waiting.pop(name) for name in ready}
    return tuple(done.values())


def _read(one: Derivation, flows: Mapping[str, FlowSpec], floors: Mapping[str, FloorSpec]) -> Iterator[str]:
    """The flows and floors that one reads; a field of its own name is the field, not the value derived for it."""
    if isinstance(one, FloorSpec):
        own, tests = one.field, [test for rule in one.rules for test in (*rule.when, *rule.certain)]
    else:
        own, tests = one.name, [test for arising in one.arising for test in arising.when]
        yield from (f"{kind}.{field}" for kind, field in one.seeds.items() if f"{kind}.{field}" in floors)
    yield from (name for test in tests for name in _names(test) if name in flows and name != own)


def _names(test: Test) -> Iterator[str]:
    yield test.name
    for part in test.parts:
        yield from _names(part)
