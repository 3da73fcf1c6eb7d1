"""Whether what the base recorded is still recorded: decisions and scores are added to, and never rewritten."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from shipcheck.compare.rules import ROUNDS, Difference, result, severity_in
from shipcheck.compare.weaker import Declared, shown
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.model.report import PolicyResult
from shipcheck.model.rounds import Record, RoundSpec, rounds_of
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary


class _Round(NamedTuple):
    """What may not change of a round: its results, its date, and the team that recorded it, by name."""

    results: tuple[object, ...]
    day: date | None
    team: str | None


def rewritten(base: Graph, head: Graph, found: Iterable[Pair], vocabulary: Vocabulary) -> tuple[PolicyResult, ...]:
    """The rounds of the base that the head has changed or dropped, as a result for each field that has rounds."""
    found = tuple(found)
    declared = Declared(base, head, found)
    after: dict[Node, list[Node]] = {}
    for pair in found:
        after.setdefault(pair.before, []).append(pair.after)
    fields = [(kind.name, spec) for kind in vocabulary.kinds.values() for spec in kind.fields.values() if spec.rounds]
    return tuple(_of_field(declared, after, kind, spec) for kind, spec in fields)


def _of_field(declared: Declared, after: dict[Node, list[Node]], kind: str, spec: FieldSpec) -> PolicyResult:
    nodes = [node for node in declared.base.kinds.get(kind, ()) if node in after and _recording(declared.base, node, spec)]
    differences = [_difference(declared, node, after[node], spec) for node in nodes]
    return result(ROUNDS[spec.weaker], [difference for difference in differences if difference is not None], len(nodes))


def _difference(declared: Declared, node: Node, became: list[Node], spec: FieldSpec) -> Difference | None:
    base, head = declared.base, declared.head
    after = [
        _round(record, spec, lambda team: str(head.reference(team))) for each in became for record in _recording(head, each, spec)
    ]
    teams = frozenset(each.team for each in after if each.team is not None)
    before = [_round(record, spec, lambda team: declared.name(team, teams)) for record in _recording(base, node, spec)]
    lost = next(_lost(before, after), None)
    if lost is None:
        return None
    reference = head.reference(became[0])
    same_day = next((each for each in after if each.day == lost.day), None)
    now = "is gone" if same_day is None else f"is now {_text(same_day)}"
    place = head.value_place(became[0], (spec.name,)) or head.place(became[0])
    severity = severity_in(_stage(base, node), *(_stage(head, each) for each in became))
    return Difference(str(reference), f"{spec.name} of {reference} {now}, was {_text(lost)} in the base", place, severity)


def _lost(before: list[_Round], after: list[_Round]) -> Iterator[_Round]:
    """The rounds of the base that the head does not have; in place of the latest, its team may have recorded a later one."""
    latest = max((each.day for each in before if each.day is not None), default=None)
    new = [each for each in after if each not in before] if len(after) == len(before) else []
    for each in before:
        is_replaced = each.day == latest and any(_follows(other, each) for other in new)
        if each not in after and not is_replaced:
            yield each


def _follows(later: _Round, earlier: _Round) -> bool:
    if later.day is None or earlier.day is None:
        return later.day is not None
    return later.day > earlier.day and later.team == earlier.team


def _recording(graph: Graph, node: Node, spec: FieldSpec) -> list[Record]:
    """The rounds of a component that record something."""
    return [record for record in rounds_of(graph.values[node], spec.name) if spec.rounds and not spec.rounds.is_blank(record)]


def _round(record: Record, spec: FieldSpec, name: Callable[[Node], str]) -> _Round:
    rounds: RoundSpec | None = spec.rounds
    if rounds is None:  # pragma: no cover - only fields with rounds are compared
        raise LookupError(spec.name)
    team = record.get(rounds.team)
    return _Round(tuple(_at(record, path) for path in rounds.result), record.get(rounds.by), None if team is None else name(team))


def _at(record: Any, path: str) -> object:
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _text(each: _Round) -> str:
    results = each.results[0] if len(each.results) == 1 else each.results
    day = "without a date" if each.day is None else f"of {each.day}"
    return f"{shown(results)} {day} by {each.team or 'no team'}"


def _stage(graph: Graph, node: Node) -> object:
    return graph.values[node].get("stage")
