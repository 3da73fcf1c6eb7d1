"""Whether what the base recorded is still recorded: decisions and scores are added to, and never rewritten."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from shipcheck.compare.field_changes import FieldChange
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.rules import ROUNDS, Difference, result
from shipcheck.compare.weaker import Declared, shown
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.model.edit import Edit
from shipcheck.model.report import PolicyResult
from shipcheck.model.rounds import Record, RoundSpec, rounds_of
from shipcheck.vocabulary.vocabulary import FieldSpec


class _Round(NamedTuple):
    """What may not change of a round: its results, its date, and the team that recorded it, by name."""

    results: tuple[object, ...]
    day: date | None
    team: str | None


def rewritten(
    declared: Declared, found: Iterable[Pair], fields: Iterable[FieldChange], gravity: Gravity
) -> tuple[PolicyResult, ...]:
    """The rounds of the base that the head has changed or dropped, as a result for each field that has rounds.

    `fields` are the changed fields of the pairs `found`.
    """
    after: dict[Node, list[Pair]] = {}
    for pair in found:
        after.setdefault(pair.before, []).append(pair)
    edits: dict[tuple[Node, str], dict[Edit, None]] = {}
    for change in fields:
        edits.setdefault((change.pair.before, _field_of(change.edit)), {})[change.edit] = None
    kinds = declared.vocabulary.kinds.values()
    rewriting = _Rewriting(declared, after, edits, gravity)
    return tuple(rewriting.of_field(kind.name, spec) for kind in kinds for spec in kind.fields.values() if spec.rounds)


def _field_of(edit: Edit) -> str:
    return edit.field.partition(".")[0]


class _Rewriting(NamedTuple):
    """The pairs of each component of the base, and the edits of each of its fields."""

    declared: Declared
    after: Mapping[Node, list[Pair]]
    edits: Mapping[tuple[Node, str], Mapping[Edit, None]]
    gravity: Gravity

    def of_field(self, kind: str, spec: FieldSpec) -> PolicyResult:
        """The components whose rounds of one field are not all kept."""
        base = self.declared.base
        nodes = [node for node in base.kinds.get(kind, ()) if node in self.after and _recording(base, node, spec)]
        differences = [self._difference(node, spec) for node in nodes]
        return result(ROUNDS[spec.by], [difference for difference in differences if difference is not None], len(nodes))

    def _difference(self, node: Node, spec: FieldSpec) -> Difference | None:
        return next((found for each in self._keepers(node, spec) if (found := self._lost_by(each, node, spec))), None)

    def _keepers(self, node: Node, spec: FieldSpec) -> list[Node]:
        """What has to have the rounds: what still has the name; without one all that records something, or else the first."""
        became = [pair.after for pair in self.after[node]]
        named = [pair.after for pair in self.after[node] if pair.how == "reference"]
        return named or [each for each in became if _recording(self.declared.head, each, spec)] or became[:1]

    def _lost_by(self, keeper: Node, node: Node, spec: FieldSpec) -> Difference | None:
        """A round of the base that one component of the head does not have, None if it has them all."""
        base, head = self.declared.base, self.declared.head
        after = [_round(record, spec, lambda team: str(head.reference(team))) for record in _recording(head, keeper, spec)]
        teams = frozenset(each.team for each in after if each.team is not None)
        before = [_round(record, spec, lambda team: self._team(team, teams)) for record in _recording(base, node, spec)]
        lost = next(_lost(before, after), None)
        if lost is None:
            return None
        reference = head.reference(keeper)
        same_day = next((each for each in after if each.day == lost.day), None)
        now = "is gone" if same_day is None else f"is now {_text(same_day)}"
        text = f"{spec.name} of {reference} {now}, was {_text(lost)} in the base"
        place = head.value_place(keeper, (spec.name,)) or head.place(keeper)
        edits = tuple(self.edits.get((node, spec.name), ()))
        return Difference(str(reference), text, place, max(map(self.gravity.of, self.after[node])), edits)

    def _team(self, team: Node, others: frozenset[str]) -> str:
        """A team of the base by its name in the head; only one that is gone has another."""
        reference = self.declared.base.reference(team)
        return str(reference) if reference in self.declared.head.index else self.declared.name(team, others)


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
