"""Facts that are not as a policy asks, in the words that the vocabulary has for them."""

from collections.abc import Mapping
from typing import Any

from shipcheck.evaluate.display import shown
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Reason
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


def fact_reason(world: World, subject: Expression, asked: str, value: object, environment: Mapping[str, object]) -> Reason | None:
    """Why a fact of a bound record is not as asked; None for everything that is no such fact."""
    record = environment.get(subject.start) if isinstance(subject, Path) else None
    if not isinstance(subject, Path) or not isinstance(record, dict) or len(subject.steps) != 1:
        return None
    name = subject.steps[0].name
    fact = _fact(world.vocabulary, name, record)
    if fact is None:
        return None
    node, path = _held_at(world, environment, record)
    place = world.graph.value_place(node, path) if node is not None else None
    field = ".".join((str(world.graph.reference(node)), *map(str, path), name)) if node is not None else ""
    if value is None or (value is False and asked == "true"):
        text = fact.unsure if value is None else fact.fails
        return Reason(text.format_map(record), "", field, value is None, place)
    first = next(iter(record.values()))
    return Reason(f"{name} of {first} is {shown(world.graph, value, subject.type)}", asked, field, False, place)  # noqa: FBT003


def _fact(vocabulary: Vocabulary, name: str, record: dict[str, Any]) -> FieldSpec | None:
    """The fact of that name, where the record gives all that its words mention."""
    for spec in vocabulary.records.values():
        fact = spec.collected.get(name)
        if fact is not None and all(f"{{{mentioned}}}" not in fact.unsure or mentioned in record for mentioned in spec.declared):
            return fact
    return None


def _held_at(world: World, environment: Mapping[str, object], record: object) -> tuple[int | None, tuple[str | int, ...]]:
    """The bound component that holds the record, and where in it."""
    for node in environment.values():
        if isinstance(node, int) and not isinstance(node, bool):
            for field, values in world.graph.values[node].items():
                for position, item in enumerate(values) if isinstance(values, tuple) else ():
                    if item is record:
                        return node, (field, position)
    return None, ()
