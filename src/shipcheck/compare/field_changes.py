"""What a component declares differently from the component of the base that it was, field by field and link by link."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shipcheck.compare.gravity import Gravity
from shipcheck.compare.lost_links import lost_links
from shipcheck.compare.rules import Difference
from shipcheck.compare.weaker import Declared, code_texts, direction_of, is_riskier, shown
from shipcheck.compare.whole import records_text
from shipcheck.graph.graph import EdgeNumber, Graph, Node
from shipcheck.graph.pairs import Code, Pair, code_of
from shipcheck.model.change import Change, Direction
from shipcheck.model.component import Reference
from shipcheck.model.edit import Edit, value_text
from shipcheck.model.location import Location
from shipcheck.model.rounds import Record, rounds_key, rounds_of
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec

IsThere = Callable[[Code], bool | None]
"""Whether the head still has a piece of code; None if it cannot be determined."""
Failing = frozenset[tuple[str, str]]
"""Findings by the id of their policy and their subject."""
FIELD_CHANGED = "field-changed"
_CODE = "implementation"
_Item = tuple[int, Record]
_NO_ITEM: _Item = (-1, {})


class FieldChange(NamedTuple):
    """A changed field or link of one pair: its path, what it was and is, and whether the change weakens what is governed.

    `edit` is what a consent to it names; `policy` is the id of the policy of core that judges it first, if one does. `lost` are
    the links of the base whose loss weakens. `names_people` says that its values are teams. `raises_risk` says that the component
    now does other or more harmful things than before, which no approver has seen.
    """

    reference: Reference
    pair: Pair
    field: str
    before: str
    after: str
    weakens: bool
    place: Location
    edit: Edit
    policy: str = ""
    is_link: bool = False
    lost: tuple[EdgeNumber, ...] = ()
    direction: Direction = ""
    raises_risk: bool = False
    names_people: bool = False


def field_changes(
    declared: Declared, found: Iterable[Pair], is_there: IsThere, failing: Failing = frozenset()
) -> tuple[FieldChange, ...]:
    """Every changed field and link of every pair, in the order of the pairs and of the vocabulary.

    What `failing` policies find is not reported again.
    """
    fields, kinds = _Fields(declared, is_there, failing), declared.vocabulary.kinds
    return tuple(change for pair in found for change in fields.of_pair(pair, kinds[declared.head.reference(pair.after).kind]))


class _Fields:
    """Compares pairs of components of two graphs field by field."""

    def __init__(self, declared: Declared, is_there: IsThere, failing: Failing) -> None:
        self._base = declared.base
        self._head = declared.head
        self._declared = declared
        self._is_there = is_there
        self._found = failing

    def of_pair(self, pair: Pair, kind: KindSpec) -> Iterator[FieldChange]:
        old, new = self._base.declared(pair.before), self._head.declared(pair.after)
        for name, spec in kind.fields.items():
            if not spec.collected and (name != "was" or pair.how == "reference"):
                yield from self._of_field(pair, (name,), spec, (old.get(name), new.get(name)))
        for name, link in kind.links.items():
            before, after = self._declared.links(pair, name)
            if before != after:
                lost = tuple(lost_links(pair, link, self._declared)) if link.weaker == "fewer" else ()
                yield self._change(pair, (name,), (before, after), weakens=bool(lost))._replace(is_link=True, lost=lost)

    def _of_field(self, pair: Pair, path: tuple[str, ...], spec: FieldSpec, values: tuple[Any, Any]) -> Iterator[FieldChange]:
        if spec.record and spec.many and spec.record.name == _CODE:
            yield from self._of_code(pair, path, spec)
        elif spec.rounds and rounds_key(spec.name) in self._base.values[pair.before] | self._head.values[pair.after]:
            yield from self._of_rounds(pair, spec)
        elif spec.key:
            yield from self._of_records(pair, spec)
        elif spec.record and not spec.many:
            old, new = (value or {} for value in values)
            for name, inner in spec.record.declared.items():
                for change in self._of_field(pair, (*path, name), inner, (old.get(name), new.get(name))):
                    yield change._replace(policy=change.policy or spec.by)
        else:
            old, new = self._declared.comparable(spec, *values)
            if old != new:
                direction = "" if self._is_settled(spec, pair) else direction_of(spec, old, new)
                found = spec.alone or (spec.by, str(self._head.reference(pair.after))) in self._found
                change = self._change(pair, path, (old, new), weakens=direction == "weaker" and not found)
                change = change._replace(direction=direction, policy=spec.by, raises_risk=is_riskier(spec, old, new))
                yield change._replace(names_people=spec.type == "reference")

    def _is_settled(self, spec: FieldSpec, pair: Pair) -> bool:
        """Whether other fields say, before and after, that this one no longer matters."""
        sides = self._values(pair)
        return bool(spec.unless) and all(side.get(name) in words for name, words in spec.unless.items() for side in sides)

    def _of_rounds(self, pair: Pair, spec: FieldSpec) -> Iterator[FieldChange]:
        """The rounds of a list, by their dates and field by field."""
        old, new = _by_day(self._base.values[pair.before], spec), _by_day(self._head.values[pair.after], spec)
        for day in dict.fromkeys([*old, *new]):
            yield from self._of_item(pair, spec, day, (old.get(day, _NO_ITEM), new.get(day, _NO_ITEM)))

    def _of_records(self, pair: Pair, spec: FieldSpec) -> Iterator[FieldChange]:
        """The records of a list, matched by the field that is their key; one that is gone weakens where fewer do."""
        old, new = (_by_key(values.get(spec.name), spec) for values in self._values(pair))
        for key in dict.fromkeys([*old, *new]):
            if key not in new and spec.weaker == "fewer":
                change = self._change(pair, (spec.name,), (key, None), weakens=True)
                yield change._replace(field=f"{spec.name}[{key}]", edit=self._whole_edit(pair, spec), policy=spec.by)
            else:
                yield from self._of_item(pair, spec, key, (old.get(key, _NO_ITEM), new[key]))

    def _of_item(self, pair: Pair, spec: FieldSpec, key: str, items: tuple[_Item, _Item]) -> Iterator[FieldChange]:
        """The changed fields of one record of a list."""
        (_, before), (position, after) = items
        for name, inner in spec.record.declared.items() if spec.record else ():
            for change in self._of_field(pair, (name,), inner, (before.get(name), after.get(name))):
                steps = tuple(change.field.split("."))
                place = self._place(pair, (spec.name, position, *steps) if position >= 0 else (spec.name,))
                edit = self._whole_edit(pair, spec)
                yield change._replace(field=f"{spec.name}[{key}].{change.field}", place=place, edit=edit, policy=spec.by)

    def _whole_edit(self, pair: Pair, spec: FieldSpec) -> Edit:
        """What a consent to any change of a list of records names: the whole list."""
        texts = records_text(self._base, pair.before, spec), records_text(self._head, pair.after, spec)
        return Edit(str(self._base.reference(pair.before)), spec.name, *texts)

    def _values(self, pair: Pair) -> tuple[dict[str, Any], dict[str, Any]]:
        return self._base.values[pair.before], self._head.values[pair.after]

    def _of_code(self, pair: Pair, path: tuple[str, ...], spec: FieldSpec) -> Iterator[FieldChange]:
        """Code that is no longer named weakens, unless it is gone and other code that was found took its place."""
        old, new = code_of(self._base, pair.before), code_of(self._head, pair.after)
        if old != new:
            replaced = _is_found(self._head, pair.after)
            lost = any(not replaced or self._is_there(code) is not False for code in old - new)
            yield self._change(pair, path, (code_texts(old), code_texts(new)), weakens=spec.weaker == "fewer" and lost)._replace(
                raises_risk=bool(old and new - old)
            )

    def _change(self, pair: Pair, path: tuple[str, ...], values: tuple[object, object], *, weakens: bool) -> FieldChange:
        reference, field, (before, after) = self._head.reference(pair.after), ".".join(path), map(shown, values)
        edit = Edit(str(self._base.reference(pair.before)), field, *map(value_text, values))
        change = FieldChange(reference, pair, field, before, after, weakens, self._place(pair, path), edit)
        return change._replace(direction="weaker" if weakens else "")

    def _place(self, pair: Pair, path: tuple[str | int, ...]) -> Location:
        """Where the head declares the field; where it does not, the component."""
        component = self._head.components[pair.after]
        written = component.node_at(path)
        if written is None:
            return self._head.place(pair.after)
        key, node = written
        return component.source.locate(key or node)


def _by_key(records: Any, spec: FieldSpec) -> dict[str, _Item]:
    """The records of a list, by their key, with their positions; those that share a key, or have none, are numbered."""
    found: dict[str, _Item] = {}
    for position, record in enumerate(records or ()):
        key = str(record.get(spec.key, f"number {position + 1}"))
        found[f"{key}, number {position + 1}" if key in found else key] = (position, record)
    return found


def _by_day(values: dict[str, object], spec: FieldSpec) -> dict[str, _Item]:
    """The rounds of a field, by date, with their positions; those without a date are numbered."""
    by = spec.rounds.by if spec.rounds else ""
    rounds = enumerate(rounds_of(values, spec.name))
    return {str(record.get(by) or f"undated {position + 1}"): (position, record) for position, record in rounds}


def _is_found(graph: Graph, node: Node) -> bool:
    """Whether all code that a component names is there, each by a symbol."""
    records: Any = graph.values[node].get("implemented_by") or ()
    return bool(records) and all(record.get("symbol_found") is True for record in records)


def weakened(changes: Iterable[FieldChange], gravity: Gravity) -> list[Difference]:
    """The changes that weaken, each as a finding; of what was several components, the more severe one with the edits of all."""
    differences: dict[str, Difference] = {}
    for change in changes:
        if change.weakens:
            subject = f"{change.reference}[{change.field}]"
            message = f"{change.field} of {change.reference} is {change.after}, was {change.before} in the base"
            found = Difference(subject, message, change.place, gravity.of(change.pair), (change.edit,))
            known = differences.get(subject)
            differences[subject] = _worse(known, found) if known else found
    return list(differences.values())


def _worse(one: Difference, other: Difference) -> Difference:
    """Of two weakenings of what was several components, the more severe one, with the edits of both."""
    return max(one, other, key=lambda item: item.severity)._replace(edits=(*one.edits, *other.edits))


def listed_changes(changes: Iterable[FieldChange], told: Mapping[str, Collection[str]]) -> tuple[Change, ...]:
    """Every changed field, for the list of changes; `told` are the links whose changes are listed one by one."""
    return tuple(
        Change(
            FIELD_CHANGED,
            str(change.reference),
            f"{change.field} of {change.reference} is {change.after}, was {change.before}",
            change.place,
            field=change.field,
            before=change.before,
            after=change.after,
            direction=change.direction,
        )
        for change in changes
        if change.field not in told.get(str(change.reference), ())
    )
