"""The edits that lead from the components of the base to those of the head, as consents name them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shipcheck.compare.field_changes import FieldChange
from shipcheck.compare.gone import removal
from shipcheck.compare.whole import whole
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.model.edit import Edit
from shipcheck.model.finding import Finding
from shipcheck.vocabulary.vocabulary import Vocabulary


class Made(NamedTuple):
    """An edit that was made: the component in the base, None for a new one, and in the head, None for one that is gone."""

    edit: Edit
    before: Node | None
    after: Node | None


def made_edits(
    base: Graph, head: Graph, found: Sequence[Pair], fields: Iterable[FieldChange], vocabulary: Vocabulary
) -> tuple[Made, ...]:
    """Every edit of a field or link, every component that is gone, and every one that is new."""
    before, after = {pair.before for pair in found}, {pair.after for pair in found}
    changed = [Made(change.edit, change.pair.before, change.pair.after) for change in fields]
    gone = [Made(removal(base, node, vocabulary), node, None) for node in range(len(base.components)) if node not in before]
    new = [Made(addition(head, node, vocabulary), None, node) for node in range(len(head.components)) if node not in after]
    return (*changed, *gone, *new)


def addition(head: Graph, node: Node, vocabulary: Vocabulary) -> Edit:
    """The edit that brings a new component."""
    return Edit(str(head.reference(node)), "", None, whole(head, node, vocabulary))


def components_read(finding: Finding) -> frozenset[str]:
    """The references of the components that a finding shows: its ends, its path with gates, and those whose values it names."""
    return frozenset(_read(finding)) - {""}


def _read(finding: Finding) -> Iterator[str]:
    yield from finding.subject.partition("[")[0].partition("#")[0].split(" ")
    yield finding.target or ""
    yield from finding.members
    for hop in (*finding.witness, *(hop for ground in finding.grounds for hop in ground.chain)):
        yield from (hop.source, hop.target, *(gate.gate for gate in hop.gates))
        for gate in hop.gates:
            yield from (_component_of(reason.field) for reason in gate.reasons)
    yield from (_component_of(reason.field) for reason in finding.reasons)
    yield from map(_component_of, finding.assumed)


def _component_of(field: str) -> str:
    return field.partition(".")[0]


def changes_by_component(fields: Iterable[FieldChange]) -> Mapping[str, tuple[FieldChange, ...]]:
    """The changed fields and links of each component of the head, by its reference."""
    changes: dict[str, list[FieldChange]] = {}
    for change in fields:
        changes.setdefault(str(change.reference), []).append(change)
    return {reference: tuple(items) for reference, items in changes.items()}
