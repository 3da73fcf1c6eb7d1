"""Facts that are not as a policy expects, in the words that the vocabulary has for them."""

from typing import Any

from shipcheck.evaluate.compiled_policy import Environment
from shipcheck.evaluate.display import display_value
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.provenance import SUBJECT_NAMES
from shipcheck.graph.graph import DOUBT, SPELLED, Node
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Reason
from shipcheck.model.location import Location
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


def fact_reason(view: GraphView, subject: Expression, expected: str, value: object, environment: Environment) -> Reason | None:
    """Why `value`, a fact of a bound record or component, is not `expected`; None where `subject` is not such a fact."""
    if not isinstance(subject, Path) or not subject.steps:
        return None
    name = subject.steps[-1].name
    record, node, path = _held(view, subject, environment)
    fact = _fact(view.vocabulary, name, record, subject) if record is not None else None
    if fact is None or record is None:
        return _not_named(view, subject, node) if record is not None and node is not None else None
    place = _written(view, node, path, fact) if node is not None else None
    field = ".".join((str(view.graph.reference(node)), *map(str, path), name)) if node is not None else ""
    anchor = place if subject.start in SUBJECT_NAMES else None
    if value is None or (value is False and expected == "true"):
        text = fact.unsure if value is None else fact.fails
        return Reason(
            text.format_map(record) + _hint(name, record), "", field, missing=value is None, location=place, anchor=anchor
        )
    first = next(iter(record.values()))
    return Reason(
        f"{name} of {first} is {display_value(view.graph, value, subject.type)}", expected, field, missing=False, location=place
    )


def _hint(name: str, record: dict[str, Any]) -> str:
    """What facts say about a file that is not found, or about a symbol that may be there."""
    if name == "found" and SPELLED in record:
        return f"; did you mean {record[SPELLED]}?"
    return f": {record[DOUBT]}" if name == "symbol_found" and DOUBT in record else ""


def _written(view: GraphView, node: Node, path: tuple[str | int, ...], fact: FieldSpec) -> Location:
    """Where what the fact is about is written: the item of a list, else the field that the words of the fact mention."""
    mentioned = _mentioned(fact)
    in_list = bool(path) and isinstance(path[-1], int)
    places = (path,) if in_list else ((*path, mentioned), path)
    found = (view.graph.value_place(node, place) for place in places if place)
    return next((place for place in found if place is not None), view.graph.place(node))


def _mentioned(fact: FieldSpec) -> str:
    """The field that a fact is about, the one that its words mention first."""
    return fact.unsure.partition("{")[2].partition("}")[0]


def _not_named(view: GraphView, subject: Path, node: Node) -> Reason | None:
    """Why a fact about a component itself is unknown where the component does not declare what the fact is about."""
    reference = view.graph.reference(node)
    fact = view.vocabulary.kinds[reference.kind].collected.get(subject.steps[-1].name)
    if fact is None or len(subject.steps) != 1:
        return None
    name = _mentioned(fact)
    return Reason(f"{name} is not declared", "a value", f"{reference}.{name}", missing=True, location=view.graph.place(node))


def _held(
    view: GraphView, subject: Path, environment: Environment
) -> tuple[dict[str, Any] | None, Node | None, tuple[str | int, ...]]:
    """The record or component that has what a field path ends in, the component it is in, and its place there."""
    start = environment.get(subject.start)
    if isinstance(start, dict):
        return (start, *_place_of(view, environment, start)) if len(subject.steps) == 1 else (None, None, ())
    if not isinstance(start, int) or isinstance(start, bool):
        return None, None, ()
    held: Any = view.graph.values[start]
    for step in subject.steps[:-1]:
        held = held.get(step.name) if isinstance(held, dict) and step.source == "value" else None
    return held if isinstance(held, dict) else None, start, tuple(step.name for step in subject.steps[:-1])


def _fact(vocabulary: Vocabulary, name: str, record: dict[str, Any], subject: Path) -> FieldSpec | None:
    """The fact of that name, where the record or component gives all that its words mention."""
    holders = vocabulary.records.values() if subject.steps[-1].on_record else vocabulary.kinds.values()
    for spec in holders:
        fact = spec.fields.get(name)
        if fact is not None and fact.collected and all(part in record for part in spec.fields if f"{{{part}}}" in fact.unsure):
            return fact
    return None


def _place_of(view: GraphView, environment: Environment, record: object) -> tuple[Node | None, tuple[str | int, ...]]:
    """The bound component that has the record, and the path to it there."""
    for node in environment.values():
        if isinstance(node, int) and not isinstance(node, bool):
            for field, values in view.graph.values[node].items():
                for position, item in enumerate(values) if isinstance(values, tuple) else ():
                    if item is record:
                        return node, (field, position)
    return None, ()
