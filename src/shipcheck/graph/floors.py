"""The least values of fields, regardless of what is declared, and which rule gives them."""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.graph import Node, written
from shipcheck.graph.holds import Facts
from shipcheck.vocabulary.vocabulary import DECLARED, FloorRule, FloorSpec, Test


class FactRead(NamedTuple):
    """A field, link or derived value that a rule reads: of which component, its name, and the value, None if not declared."""

    node: Node
    field: str
    value: object


def apply_floor(links: LinkTables, spec: FloorSpec) -> None:
    """Raise the field of every component of the kind to its least value; what is declared is kept under `DECLARED`."""
    facts, graph = Facts(links), links.graph
    for node in graph.kinds.get(spec.kind, ()):
        values = graph.values[node]
        declared = values.get(spec.field)
        values[DECLARED] = written(values) | {spec.field: declared}
        if declared is None and not spec.fills:
            continue
        rule = highest(facts, spec, node)
        least = rule.at_least if rule else spec.choice.words[0]
        values[spec.field] = max(declared or least, least, key=spec.choice.words.index)


def highest(facts: Facts, spec: FloorSpec, node: Node) -> FloorRule | None:
    """The rule that holds for a component and gives the greatest value, the first of several; None where none holds."""
    holding = (rule for rule in spec.rules if facts.hold(node, rule.when, rule.certain))
    return max(holding, key=lambda rule: spec.choice.words.index(rule.at_least), default=None)


def read_by(facts: Facts, rule: FloorRule, node: Node) -> tuple[FactRead, ...]:
    """The values by which a rule holds for a component, and what is not declared and counts as its worst."""
    tests = ((test, undeclared) for tests, undeclared in ((rule.when, True), (rule.certain, False)) for test in tests)
    return tuple(dict.fromkeys(one for test, undeclared in tests for one in _read(facts, test, node, undeclared=undeclared)))


def _read(facts: Facts, test: Test, node: Node, *, undeclared: bool) -> Iterator[FactRead]:
    for target in facts.targets(node, test.name) if test.parts else ():
        if all(facts.holds(target, part, undeclared=undeclared) for part in test.parts):
            for part in test.parts:
                yield from _read(facts, part, target, undeclared=undeclared)
    if not test.parts:
        value = facts.value(node, test.name)
        telling = tuple(one for one in value if one in test.among) or value if isinstance(value, tuple) else value
        yield FactRead(node, test.name, telling)
