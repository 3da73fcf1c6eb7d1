"""A graph with the facts that are certain, or with none, and which of its components were found in the repository."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from shipcheck.graph.graph import Graph, Node
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec, RecordSpec, Vocabulary

IS_FOUND = "is found"
"""The value of a component that was found, under a name that no field can have."""
# What a file or symbol contains that can do something. What is unclear is there, at least.
_CODE = "code"
Values = Mapping[str, Any]


def without_facts(graph: Graph, vocabulary: Vocabulary) -> Graph:
    """The graph as manifests alone describe it."""
    kinds = vocabulary.kinds
    values = (_declared(given, kinds[graph.reference(node).kind]) for node, given in enumerate(graph.values))
    return replace(graph, values=tuple(values))


def with_certain_facts(graph: Graph, vocabulary: Vocabulary) -> Graph:
    """The graph without the facts that could not be determined, and with `IS_FOUND` on each component that was found.

    Such a component names a file, or code in one, and all that it names is there. Nothing is in another system instead: neither
    its code, nor the people of the teams that decide for it.
    """
    kinds = vocabulary.kinds
    certain = []
    for node, given in enumerate(graph.values):
        values = _declared(given, kinds[graph.reference(node).kind], certain=True)
        certain.append(values | {IS_FOUND: True} if _is_found(graph, node, vocabulary) else values)
    return replace(graph, values=tuple(certain))


def _declared(values: Values, holder: KindSpec | RecordSpec, *, certain: bool = False) -> dict[str, Any]:
    """Values without facts, or with those that are `certain`, here and in every record."""
    kept = {}
    for name, value in values.items():
        spec = holder.fields.get(name)
        if spec is None or not spec.collected:
            kept[name] = value if spec is None or spec.record is None else _records(value, spec.record, certain=certain)
        elif certain and _is_certain(spec, value, holder):
            kept[name] = value
    return kept


def _records(value: Any, record: RecordSpec, *, certain: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_declared(item, record, certain=certain) for item in value)
    return _declared(value, record, certain=certain)


def _is_certain(fact: FieldSpec, value: object, holder: KindSpec | RecordSpec) -> bool:
    """Whether a fact is about a file, and was determined. Evidence may be an address, of which the form alone is looked at."""
    return _has_path(holder) and not (fact.absent == "default" and value == fact.default)


def _is_found(graph: Graph, node: Node, vocabulary: Vocabulary) -> bool:
    kind, values = vocabulary.kinds[graph.reference(node).kind], graph.values[node]
    named = list(_naming_files(values, kind))
    teams = (team for spec in kind.fields.values() if spec.weaker == "people" and spec.many for team in _nodes(values, spec))
    here = (_is_here(graph, holder, vocabulary) for holder in (node, *teams))
    return bool(named) and all(_is_there(given, holder) for given, holder in named) and all(here)


def _naming_files(values: Values, kind: KindSpec) -> Iterator[tuple[Values, KindSpec | RecordSpec]]:
    """The component and the records in it that can name a file of the repository, with what describes them."""
    if _has_path(kind):
        yield values, kind
    for name, spec in kind.fields.items():
        if spec.record is not None and _has_path(spec.record):
            records: Any = values.get(name) or ()
            yield from ((record, spec.record) for record in (records if spec.many else (records,)))


def _has_path(holder: KindSpec | RecordSpec) -> bool:
    return any(spec.path for spec in holder.fields.values())


def _is_there(values: Values, holder: KindSpec | RecordSpec) -> bool:
    """Whether every file and symbol that is named is there, and is not known to do nothing."""
    named = all(name in values for name, spec in holder.fields.items() if spec.path)
    facts = (fact for fact in holder.collected.values() if all(part in values for part in _mentioned(fact, holder)))
    return named and all(_holds(fact, values.get(fact.name)) for fact in facts)


def _mentioned(fact: FieldSpec, holder: KindSpec | RecordSpec) -> Iterator[str]:
    """The fields that a fact is about."""
    return (name for name in holder.fields if f"{{{name}}}" in fact.unsure)


def _holds(fact: FieldSpec, value: object) -> bool:
    if fact.type == "choice":
        return value is not None and value in {_CODE, fact.default}
    return value is True or fact.type != "yes_no"


def _is_here(graph: Graph, node: Node, vocabulary: Vocabulary) -> bool:
    """Whether a component declares itself what it could say to be in another system."""
    values = graph.values[node]
    fields = vocabulary.kinds[graph.reference(node).kind].fields.values()
    return all(values.get(spec.instead_of) for spec in fields if spec.instead_of)


def _nodes(values: Values, spec: FieldSpec) -> Iterator[Node]:
    named: Any = values.get(spec.name) or ()
    return (node for node in named if isinstance(node, int))
