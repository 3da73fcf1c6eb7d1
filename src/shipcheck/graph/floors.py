"""The least values of fields, regardless of what is declared, and which rule gives them."""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.graph import Node, written
from shipcheck.graph.holds import Facts
from shipcheck.vocabulary.vocabulary import DECLARED, FloorRule, FloorSpec, Test


class Undeclared(NamedTuple):
    """A field that is not declared, and counts as its worst: of which component, and its name."""

    node: Node
    field: str


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


def undeclared(facts: Facts, rule: FloorRule, node: Node) -> tuple[Undeclared, ...]:
    """What is not declared, without which a rule would not hold for a component."""
    return tuple(dict.fromkeys(missing for test in rule.when for missing in _undeclared(facts, test, node)))


def _undeclared(facts: Facts, test: Test, node: Node) -> Iterator[Undeclared]:
    if facts.holds(node, test, undeclared=False):
        return
    if not test.parts:
        yield Undeclared(node, test.name)
    for target in facts.targets(node, test.name) if test.parts else ():
        if all(facts.holds(target, part, undeclared=True) for part in test.parts):
            for part in test.parts:
                yield from _undeclared(facts, part, target)
